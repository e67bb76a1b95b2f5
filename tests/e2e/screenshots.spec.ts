import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { scripts } from '../simulators/zai/simulator.ts';
import { test as base, expect } from './fixtures.ts';
import { leaveEarly, liveThroughADay } from './harness/busy-day.ts';
import { callProduct } from './harness/call.ts';
import { ask, askProduct } from './harness/client.ts';
import { freePort, repository } from './harness/machine.ts';
import { logRows } from './harness/pages.ts';
import { withPalette } from './harness/palette-png.ts';
import { saveMonth } from '../month.ts';

interface Life {
  /** A home folder in which programs that can be set up are found. */
  home: string;
  /** How many requests the days before have left behind. */
  past: number;
}

const test = base.extend<Life>({
  past: [0, { option: true }],
  start: async ({ start, past }, use) => {
    if (past > 0) saveMonth(start.dataDir, past);
    await use(start);
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from the pattern
  home: async ({}, use) => {
    const home = path.join(tmpdir(), 'ada');
    await rm(home, { recursive: true, force: true });
    await mkdir(home);
    await use(home);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  },
  environment: async ({ home }, use) => {
    const folders = { HOME: home, USERPROFILE: home, APPDATA: home, XDG_CONFIG_HOME: path.join(home, '.config') };
    await use({ ...folders, CLAUDE_CONFIG_DIR: '', CODEX_HOME: '', SELF_TEST: 'true' });
  },
  // The address a reader will have, too.
  wantedPort: 8080,
});

test.skip(process.env['TRAYGATE_SCREENSHOTS'] !== '1', 'the pictures of docs/images are made by npm run screenshots');
test.skip(({ shell }) => shell !== 'desktop', 'both shells look the same');
// One after the other: they want the same port.
test.describe.configure({ mode: 'default', timeout: 600_000 });

const folder = path.join(repository, 'docs/images');
test.beforeAll(() => mkdir(folder, { recursive: true }));
test.beforeEach(({ page }) => page.setViewportSize({ width: 1280, height: 800 }));

const visit = (page: Page, route: string) => page.evaluate((to) => void (location.hash = to), route);

/** What is shown now, in both themes and languages. */
async function shoot(page: Page, name: string): Promise<void> {
  // What has been said is gone, and nothing is pointed at.
  await page.mouse.move(100, 500);
  await expect(page.getByRole('region', { name: 'Notifications' }).getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
  for (const language of ['en', 'zh-CN'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      await callProduct(page, 'preferences.set', { language, theme });
      await page.locator(`html[lang="${language}"][data-theme="${theme}"]`).waitFor();
      const png = await page.screenshot({ animations: 'disabled' });
      await writeFile(path.join(folder, `${name}-${theme}-${language}.png`), withPalette(png));
    }
  }
  await callProduct(page, 'preferences.set', { language: 'en', theme: 'light' });
}

const pages = ['home', 'connect', 'providers', 'logs', 'test', 'settings'] as const;

test('pictures of each page at the first start', async ({ page }) => {
  await expect(page.locator('[data-testid=self-test] li[data-state=ok]')).toHaveCount(4);
  for (const name of pages) {
    await visit(page, `/${name}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await shoot(page, `${name}-empty`);
  }
});

test.describe('with a past', () => {
  test.use({ past: 20_000 });

  test('pictures of each page on a working day', async ({ product, page, zai, home }) => {
    await mkdir(path.join(home, '.claude'));
    await writeFile(path.join(home, '.claude/settings.json'), '{\n  "permissions": { "allow": ["Bash(ls:*)"] }\n}\n');
    await liveThroughADay(product, zai);
    await leaveEarly(product);
    await visit(page, '/home');
    await page.getByRole('button', { name: 'Hide the checklist' }).click();
    await page.locator('.uplot').first().waitFor();
    await shoot(page, 'home');

    await visit(page, '/connect/claude-code');
    await page.getByRole('article').waitFor();
    await shoot(page, 'connect');
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByTestId('diff').waitFor();
    await shoot(page, 'connect-apply');

    await visit(page, '/providers/zai');
    await page.getByRole('table', { name: 'Tokens' }).waitFor();
    await shoot(page, 'providers');
    await page.getByRole('button', { name: 'Add provider' }).click();
    await page.getByRole('button', { name: 'OpenRouter' }).click();
    await page.locator('textarea').first().waitFor();
    await shoot(page, 'add-provider');
    await page.keyboard.press('Escape');

    await visit(page, '/logs');
    // The one that met the resting account first.
    await logRows(page).filter({ hasText: 'Z4' }).first().click();
    await page.getByTestId('verdict').waitFor();
    await shoot(page, 'logs');

    zai.answer(
      scripts.answer({ text: 'A gateway stands between programs and services, and speaks the language of both.' }),
    );
    await visit(page, '/test?mode=compare');
    for (const [at, model] of ['GLM-4.5', 'GLM-5'].entries())
      await page.getByRole('combobox', { name: 'Model', exact: true }).nth(at).fill(model);
    const message = page.getByRole('textbox', { name: 'Message', exact: true });
    await message.fill('What does a gateway do?');
    await message.press('ControlOrMeta+Enter');
    await expect(page.getByTestId('pane-answer').last()).toContainText('the language of both.');
    await expect(page.getByTestId('pane-answer').last()).toHaveAttribute('aria-busy', 'false');
    await shoot(page, 'test');

    await visit(page, '/settings/network');
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await shoot(page, 'settings');
  });
});

test('pictures of each page when something is wrong', async ({ product, page, zai, home }) => {
  const dead = await freePort();
  await mkdir(path.join(home, '.codex'));
  await writeFile(
    path.join(home, '.codex/config.toml'),
    `model_provider = "local"\n\n[model_providers.local]\nbase_url = "http://127.0.0.1:${dead}/v1"\n`,
  );
  const own = await liveThroughADay(product, zai);
  const tokens = await callProduct(page, 'tokens.list', { provider: 'zai' });
  for (const token of own.slice(0, 2)) zai.users.remove(token);
  await callProduct(page, 'tokens.check', { ids: tokens.map(({ id }) => id) });
  zai.answer(scripts.captcha());
  await askProduct(product, 'Is anybody there?', { model: 'GLM-5', agent: 'claude-cli/2.1.4 (external, cli)' });
  for (const at of [1, 2])
    await ask(`${product.baseUrl}/v1`, 'sk-local-an-older-key-9c1b', `${at}`, { agent: 'CherryStudio/1.7.2' });

  await visit(page, '/home');
  await page.locator('.uplot').first().waitFor();
  await shoot(page, 'home-error');
  await visit(page, '/connect/codex');
  await page.getByRole('region', { name: 'Addresses that lead nowhere' }).waitFor();
  await shoot(page, 'connect-error');
  await visit(page, '/providers/zai');
  await page.getByRole('table', { name: 'Tokens' }).waitFor();
  await shoot(page, 'providers-error');
  await visit(page, '/logs');
  await logRows(page).filter({ hasText: 'GLM-5' }).first().click();
  await page.getByRole('tab', { name: 'Error' }).click();
  await shoot(page, 'logs-error');
  await visit(page, '/test');
  await page.getByRole('combobox', { name: 'Model', exact: true }).fill('GLM-5');
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Is anybody there?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByTestId('answer')).toContainText('captcha_required');
  await shoot(page, 'test-error');
  await visit(page, '/settings/retry');
  const field = page.getByRole('textbox', { name: 'Failures before a token rests' });
  await field.fill('0');
  await field.blur();
  await page.getByRole('alert').waitFor();
  await shoot(page, 'settings-error');
});
