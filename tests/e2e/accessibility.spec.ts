import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { barriers, chooseLanguage, languages } from './harness/barriers.ts';
import { cutTexts } from './harness/cut-text.ts';
import { everyRoute, fillProduct, overlays, visit } from './harness/every-page.ts';

/** Opens each thing that floats above a page, looks at it, and closes it again. */
async function overEach(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  for (const { name, route, open } of overlays) {
    await visit(page, route);
    await open(page);
    await page.locator('[role=dialog], [role=menu], [role=alertdialog]').first().waitFor();
    await look(name);
    await page.keyboard.press('Escape');
    await page.locator('[role=dialog], [role=menu], [role=alertdialog]').first().waitFor({ state: 'detached' });
  }
}

for (const language of Object.keys(languages) as (keyof typeof languages)[]) {
  test.describe(languages[language], () => {
    test.describe.configure({ timeout: 400_000 });
    test.skip(({ shell }) => shell === 'desktop', 'the page is the same in both shells; the others are tested in both');

    test('no barriers on any page, in any dialog, in either theme', async ({ product, page, zai }) => {
      await fillProduct(product, zai);
      const routes = await everyRoute(page);
      await chooseLanguage(page, language);
      const found: string[] = [];
      const look = async (what: string) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          // Apart from their colours the themes are the same page.
          const all = await barriers(page, colorScheme === 'light' ? 'all' : 'colours');
          found.push(...all.map((barrier) => `${what}, ${colorScheme}: ${barrier}`));
        }
      };
      for (const route of routes) {
        await visit(page, route);
        await look(route);
      }
      await overEach(page, look);
      expect(found).toEqual([]);
    });

    test('no text is cut, however narrow the window', async ({ product, page, zai }) => {
      await fillProduct(product, zai);
      const routes = await everyRoute(page);
      await chooseLanguage(page, language);
      const found: string[] = [];
      for (const width of [1024, 640, 320]) {
        await page.setViewportSize({ width, height: 720 });
        const look = async (what: string) => {
          found.push(...(await cutTexts(page)).map((text) => `${what} at ${width}: ${text}`));
        };
        for (const route of routes) {
          await visit(page, route);
          await look(route);
        }
        if (width > 320) await overEach(page, look);
      }
      expect(found).toEqual([]);
    });
  });
}
