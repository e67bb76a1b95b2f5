import type { Page } from '@playwright/test';

/** Collects what must not happen in any test: errors nobody caught, and what the content security policy had to stop. */
export function collectFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  return faults;
}
