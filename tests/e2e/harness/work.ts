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
  for (let round = 0; round < 5_900_000; round++) value = (value * 48_271) % 2_147_483_647;
  return value;
}

/** A tenth of a second, with room for a machine whose caches others use as well. */
export const unnoticed = 2;

const tries = 3;

/**
 * How long the longest task of the page was while something was done: 1 is a tenth of a second of work, which is measured in
 * the same page so that neither a slow computer nor a busy one changes it. What is too much is done again: noise only ever
 * adds. 0 on the desktop, whose pages cannot be traced; they are the same pages.
 */
export async function longestPause(page: Page, act: () => Promise<void>): Promise<number> {
  const bound = await longest(page, async () => void (await page.evaluate(aTenthOfASecond)));
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < tries && least >= unnoticed; at++) {
    const worked = await longest(page, act);
    if (worked === null || bound === null) return 0;
    least = Math.min(least, worked / bound);
  }
  return least;
}
