import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { barriers, chooseLanguage, languages } from './harness/barriers.ts';
import { hotkeyTo, pressOn, tabTo } from './harness/by-keyboard.ts';
import { callProduct } from './harness/call.ts';
import { askProduct } from './harness/client.ts';
import { cutTexts, lengthen } from './harness/cut-text.ts';
import { everyRoute, fillProduct, overlays, visit } from './harness/every-page.ts';
import { details, logRows, tokenTable } from './harness/pages.ts';

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

    test('A15: no barriers on any page, in any dialog, in either theme', async ({ product, page, zai }) => {
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

test.describe('by keyboard alone', () => {
  test.use({ environment: { ANONYMOUS_MODE: 'false' } });
  // Many stops, each looked at.
  test.slow();

  test('A16: from the start to a token, a test, its row, a command, the other theme', async ({
    product,
    page,
    zai,
    shell,
  }) => {
    // The first stop leads past what is on every page.
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();

    await pressOn(page, page.getByTestId('checklist').getByRole('link', { name: 'Add token' }));
    const sheet = page.getByRole('dialog', { name: 'Add tokens' });
    await tabTo(page, sheet.getByRole('textbox', { name: 'Tokens' }));
    await page.keyboard.insertText(zai.users.add({ name: 'Ada' }).token);
    await pressOn(page, sheet.getByRole('button', { name: 'Add 1 token' }));
    await pressOn(page, sheet.getByRole('button', { name: 'Done' }));
    await expect(sheet).toBeHidden();
    await expect(tokenTable(page).getByRole('row', { name: /Z1/u })).toBeVisible();

    await hotkeyTo(page, 5, 'Test', shell);
    await tabTo(page, page.getByRole('combobox', { name: 'Model', exact: true }));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('GLM-4.5');
    await tabTo(page, page.getByRole('textbox', { name: 'Message', exact: true }));
    await page.keyboard.insertText('Hello from the keyboard');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByTestId('answer')).toContainText('You said: Hello from the keyboard');

    await hotkeyTo(page, 4, 'Logs', shell);
    await tabTo(page, page.getByRole('grid'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(details(page).getByTestId('verdict')).toContainText('Z1');
    await pressOn(page, details(page).getByRole('button', { name: 'Copy', exact: true }));
    await page.keyboard.press('Enter');
    await expect.poll(product.clipboard).toContain('curl');
    await page.keyboard.press('Escape');
    await expect(details(page)).toBeHidden();

    const root = page.locator('html');
    await page.keyboard.press('ControlOrMeta+Shift+KeyL');
    const theme = await root.getAttribute('data-theme');
    await page.keyboard.press('ControlOrMeta+Shift+KeyL');
    await expect(root).not.toHaveAttribute('data-theme', theme ?? '');
  });

  test('an error is found, and what to do about it', async ({ product, page, shell }) => {
    await askProduct(product, 'Hello', { model: 'local/echo' });
    await askProduct(product, 'Hello', { model: 'local/error-429' });
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox')).toBeFocused();
    await page.keyboard.insertText('logs');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Logs' }).waitFor();
    await pressOn(page, page.getByRole('button', { name: /^Errors/u }));
    await expect(logRows(page)).toHaveCount(1);
    await tabTo(page, page.getByRole('grid'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(details(page).getByTestId('verdict')).toBeVisible();
    await tabTo(page, details(page).getByRole('tab', { selected: true }));
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(details(page)).toContainText('upstream_rate_limited');
    // No trap: the way goes on from the panel, and back.
    await hotkeyTo(page, 1, 'Home', shell);
    // A question that was not meant is left with Escape, and the focus is where it was.
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox')).toBeFocused();
    await page.keyboard.insertText('clear logs');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('alertdialog')).toBeHidden();
    await expect(page.getByText('local/error-429').first()).toBeVisible();
  });

  test('a provider: chosen in the list, its tokens and models by their tabs, a model is tested', async ({
    page,
    shell,
    zai,
  }) => {
    await callProduct(page, 'tokens.add', { provider: 'zai', text: zai.users.add().token, check: true });
    await hotkeyTo(page, 3, 'Providers', shell);
    await tabTo(page, page.getByRole('navigation', { name: 'Providers' }).locator('a[tabindex="0"]'));
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('switch', { name: 'Use Z.AI', exact: true })).toBeVisible();
    await pressOn(page, page.getByRole('tab', { name: 'Tokens' }), 'ArrowRight');
    await page.keyboard.press('Enter');
    await pressOn(page, page.getByRole('button', { name: 'Send a test to zai/GLM-4.5', exact: true }));
    await expect(page.getByText(/^zai\/GLM-4\.5 answered/u)).toBeVisible();
  });
});

test('A17: with more space between letters, words and lines nothing is lost', async ({ product, page, zai, shell }) => {
  test.skip(shell === 'desktop', 'the page is the same in both shells');
  test.setTimeout(240_000);
  await fillProduct(product, zai);
  const routes = await everyRoute(page);
  await page.setViewportSize({ width: 1024, height: 720 });
  // The values of WCAG 1.4.12. A style element would be stopped by the content security policy.
  await page.evaluate(() => {
    const spacing = new CSSStyleSheet();
    spacing.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, spacing];
  });
  const found: string[] = [];
  for (const route of routes) {
    await visit(page, route);
    found.push(...(await cutTexts(page)).map((text) => `${route}: ${text}`));
  }
  expect(found).toEqual([]);
});

test('A17: in forced colours what is chosen, on or in a state still shows', async ({ product, page, zai, shell }) => {
  test.skip(shell === 'desktop', 'the page is the same in both shells');
  await fillProduct(product, zai);
  await page.emulateMedia({ forcedColors: 'active' });
  await visit(page, '/providers/zai');
  const look = (locator: ReturnType<Page['locator']>) =>
    locator.first().evaluate((element) => {
      const { backgroundColor, borderTopWidth } = getComputedStyle(element);
      return { backgroundColor, border: Number.parseFloat(borderTopWidth) };
    });
  const rail = page.getByRole('navigation', { name: 'Pages' });
  const here = await look(rail.locator('[aria-current=page]'));
  const there = await look(rail.locator('a:not([aria-current])'));
  expect(here.backgroundColor).not.toBe(there.backgroundColor);
  const chip = tokenTable(page)
    .getByText(/^(Healthy|Cooling|Invalid)/u)
    .first()
    .locator('xpath=..');
  expect((await look(chip)).border).toBeGreaterThan(0);
  await expect(chip.locator('svg')).toBeVisible();
  for (const route of ['/home', '/logs', '/settings/server']) {
    await visit(page, route);
    expect(await barriers(page), route).toEqual([]);
  }
});

test('nothing moves for whoever wants no motion, also while there is much to do', async ({
  product,
  page,
  zai,
  shell,
}) => {
  test.skip(shell === 'desktop', 'the page is the same in both shells');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const waiting = new AbortController();
  const answer = askProduct(product, 'WAIT 20000', { model: 'local/script', signal: waiting.signal }).catch(() => null);
  await fillProduct(product, zai);
  for (const route of await everyRoute(page)) {
    await visit(page, route);
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState }) => playState === 'running')
        .map(({ effect }) => (effect instanceof KeyframeEffect ? (effect.target?.outerHTML ?? '').slice(0, 120) : '')),
    );
    expect(moving, route).toEqual([]);
  }
  waiting.abort();
  await answer;
});

test('A18: texts that are longer by two fifths are still whole', async ({ product, page, zai, shell }) => {
  test.skip(shell === 'desktop', 'the page is the same in both shells');
  test.setTimeout(240_000);
  await fillProduct(product, zai);
  const routes = await everyRoute(page);
  const found: string[] = [];
  for (const width of [1280, 640]) {
    await page.setViewportSize({ width, height: 720 });
    for (const route of routes) {
      await visit(page, route);
      await lengthen(page);
      found.push(...(await cutTexts(page)).map((text) => `${route} at ${width}: ${text}`));
      await page.reload();
    }
  }
  expect(found).toEqual([]);
});
