import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from './fixtures.ts';
import { leaveEarly, liveThroughADay } from './harness/busy-day.ts';
import { repository } from './harness/machine.ts';
import { logRows } from './harness/pages.ts';

const off = process.env['TRAYGATE_SCREENSHOTS'] !== '1';
test.skip(off, 'the pictures of docs/images are made by npm run screenshots');
test.skip(({ shell }) => shell !== 'desktop', 'both shells look the same');

// The address a reader will have, too.
test.use({ wantedPort: 8080 });

const folder = path.join(repository, 'docs/images');
const views = [
  { name: 'home', route: '/home' },
  { name: 'providers', route: '/providers/zai' },
  { name: 'logs', route: '/logs' },
] as const;

test('pictures of each page in both themes and languages', async ({ product, page, zai }) => {
  test.slow();
  await mkdir(folder, { recursive: true });
  await page.setViewportSize({ width: 1280, height: 800 });
  await liveThroughADay(product, zai);
  await leaveEarly(product);
  for (const language of ['en', 'zh-CN'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((wanted) => window.traygate?.call('preferences.set', wanted), { language, theme });
      await page.locator(`html[lang="${language}"][data-theme="${theme}"]`).waitFor();
      for (const { name, route } of views) {
        await page.evaluate((to) => void (location.hash = to), route);
        await page.getByRole('heading', { level: 1 }).waitFor();
        if (name === 'logs') {
          // The one that met the resting account first.
          await logRows(page).filter({ hasText: 'Z4' }).first().click();
          await page.getByTestId('verdict').waitFor();
        }
        await page.screenshot({ path: path.join(folder, `${name}-${theme}-${language}.png`), animations: 'disabled' });
        if (name !== 'providers') continue;
        await page.getByRole('button', { name: /^(Add provider|添加服务商)$/ }).click();
        await page.getByRole('button', { name: 'OpenRouter' }).click();
        await page.locator('textarea').first().waitFor();
        const sheet = `add-provider-${theme}-${language}.png`;
        await page.screenshot({ path: path.join(folder, sheet), animations: 'disabled' });
        await page.keyboard.press('Escape');
      }
    }
  }
});
