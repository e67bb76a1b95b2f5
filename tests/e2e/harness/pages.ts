import type { Locator, Page } from '@playwright/test';

/** The window in the words of its users; what a page looks like inside is its own business. */
export type PageName = 'Home' | 'Connect' | 'Providers' | 'Logs' | 'Test' | 'Settings';

export const rail = (page: Page): Locator => page.getByRole('navigation', { name: 'Pages' });
export const header = (page: Page): Locator => page.getByRole('banner');
export const logRows = (page: Page): Locator =>
  page
    .getByRole('grid')
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
export const details = (page: Page): Locator => page.getByRole('complementary', { name: 'Request details' });
export const tokenTable = (page: Page): Locator => page.getByRole('table', { name: 'Tokens' });

/** One provider in the list of them. */
export const providerLink = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Providers' }).getByRole('link', { name, exact: true });

/** One client in the list of them, and the page beside it. */
export const clientCard = (page: Page, name: string): Locator =>
  page
    .getByRole('navigation', { name: 'Clients' })
    .getByRole('link')
    .filter({ has: page.getByText(name, { exact: true }) });
export const clientPage = (page: Page): Locator => page.getByRole('article');

export async function go(page: Page, name: PageName): Promise<void> {
  await rail(page).getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

export async function openAddTokens(page: Page): Promise<Locator> {
  await go(page, 'Providers');
  await providerLink(page, 'Z.AI').click();
  await page.getByRole('button', { name: 'Add tokens' }).click();
  return page.getByRole('dialog', { name: 'Add tokens' });
}

/** Pastes tokens and waits until they are saved and checked. */
export async function addTokens(page: Page, tokens: readonly string[]): Promise<void> {
  const sheet = await openAddTokens(page);
  await sheet.getByRole('textbox', { name: 'Tokens' }).fill(tokens.join('\n'));
  await sheet.getByRole('button', { name: /^Add \d+ tokens?$/ }).click();
  await sheet.getByRole('button', { name: 'Done' }).click();
}

/** Sends a toast away before it goes by itself: half faded out it has no contrast worth measuring. */
export async function dismissToast(page: Page, title: string): Promise<void> {
  const toast = page.getByRole('dialog', { name: title });
  await toast.hover();
  await toast.getByRole('button', { name: 'Dismiss' }).click();
  await toast.waitFor({ state: 'hidden' });
}
