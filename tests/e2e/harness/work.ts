import type { Page } from '@playwright/test';
import { longestWork } from '../../longest-work.ts';

/** Milliseconds of processor time of the longest task of the page while something is done; null where it cannot be traced. */
async function longest(page: Page, act: () => Promise<void>): Promise<number | null> {
  const browser = page.context().browser();
  if (browser === null) {
    await act();
    return null;
  }
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  try {
    await act();
  } catch (error) {
    await browser.stopTracing();
    throw error;
  }
  return longestWork(await browser.stopTracing());
}

/** Arithmetic that a computer of two small cores needs about 100 ms for. */
function aTenthOfASecond(): number {
  let value = 1;
  for (let round = 0; round < 12_000_000; round++) value = (value * 48_271) % 2_147_483_647;
  return value;
}

/**
 * How long the longest task of the page was while something was done: 1 is what a person would notice as a pause, a tenth of a
 * second of work, which is measured in the same page so that neither a slow computer nor a busy one changes it. 0 on the
 * desktop, whose pages cannot be traced; they are the same pages.
 */
export async function longestPause(page: Page, act: () => Promise<void>): Promise<number> {
  const worked = await longest(page, act);
  const bound = await longest(page, async () => void (await page.evaluate(aTenthOfASecond)));
  return worked === null || bound === null ? 0 : worked / bound;
}
