import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect } from './fixtures.ts';
import { barriers, chooseLanguage, chooseTheme, languages } from './harness/barriers.ts';
import { ask } from './harness/client.ts';
import { freePort } from './harness/machine.ts';
import { clientCard, clientPage, go } from './harness/pages.ts';

const claudeCode = { model: 'local/echo', agent: 'claude-cli/2.1.330 (external, cli)' };
const settings = `{
  // my own
  "permissions": { "allow": ["Bash(ls:*)"] },
  "env": { "FOO": "bar" }, // keep
}
`;

/** A home folder of this test's own: the real one is never looked at. */
const test = base.extend<{ home: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from the pattern
  home: async ({}, use) => {
    const home = await mkdtemp(path.join(tmpdir(), 'traygate-home-'));
    await use(home);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  },
  environment: async ({ home }, use) => {
    await use({
      HOME: home,
      USERPROFILE: home,
      APPDATA: path.join(home, 'AppData'),
      XDG_CONFIG_HOME: path.join(home, '.config'),
      CLAUDE_CONFIG_DIR: '',
      CODEX_HOME: '',
    });
  },
});

async function put(home: string, file: string, text: string): Promise<string> {
  const at = path.join(home, file);
  await mkdir(path.dirname(at), { recursive: true });
  await writeFile(at, text);
  return at;
}

test('A22: a client is set up by its file after a look at the changes, turns green with its first request, and is undone', async ({
  product,
  page,
  home,
}) => {
  const file = await put(home, '.claude/settings.json', settings);
  await go(page, 'Connect');
  const card = clientCard(page, 'Claude Code');
  await expect(card).toContainText('Found');
  await card.click();
  const client = clientPage(page);
  await expect(client.getByRole('heading', { level: 2, name: 'Claude Code' })).toBeVisible();
  await expect(client.getByText('Waiting for the first request…')).toBeVisible();

  await client.getByRole('button', { name: 'Show what would change' }).click();
  const added = client.getByTestId('diff').locator('[data-kind="added"]');
  await expect(added.filter({ hasText: 'ANTHROPIC_BASE_URL' })).toContainText(product.baseUrl);
  const changed = client.getByTestId('diff').locator('[data-kind="added"], [data-kind="removed"]');
  for (const line of await changed.allInnerTexts())
    expect(line).toMatch(/"(env|ANTHROPIC_[A-Z_]+|FOO)"|^[-+\s\d]*[{}],?$/);
  const key = await product.clientKey();
  await expect(page.locator('body')).not.toContainText(key.slice(0, -4));
  expect(await readFile(file, 'utf8')).toBe(settings);

  await client.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(client.getByText(/^Applied /)).toBeVisible();
  const applied = await readFile(file, 'utf8');
  expect(applied).toContain(`"ANTHROPIC_AUTH_TOKEN": "${key}"`);
  expect(applied).toContain('// my own');

  expect(await ask(`${product.baseUrl}/v1`, key, 'Good morning', claudeCode)).toMatchObject({ status: 200 });
  await expect(client.getByTestId('client-call')).toContainText('Claude Code called local/echo');
  await expect(card).toHaveAttribute('data-called', 'true');
  await expect(card).toContainText('Called');

  await client.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The file is again what it was.')).toBeVisible();
  expect(await readFile(file, 'utf8')).toBe(settings);
});

test('a command starts a client without changing anything, and what is copied is what the server accepts', async ({
  product,
  page,
  home,
}) => {
  // The desktop gives its key by the clipboard, so this comes first.
  const key = await product.clientKey();
  await go(page, 'Connect');
  await clientCard(page, 'Claude Code').click();
  const client = clientPage(page);
  await client.getByRole('button', { name: 'Copy command' }).click();
  await expect.poll(product.clipboard).toContain(`ANTHROPIC_AUTH_TOKEN=${key}`);
  await client.getByRole('button', { name: 'PowerShell' }).click();
  await client.getByRole('button', { name: 'Copy command' }).click();
  await expect.poll(product.clipboard).toContain(`$env:ANTHROPIC_BASE_URL = '${product.baseUrl}'; `);
  expect(existsSync(path.join(home, '.claude'))).toBe(false);

  await page.getByRole('searchbox', { name: 'Search clients' }).fill('curl');
  await expect(clientCard(page, 'Claude Code')).toBeHidden();
  await clientCard(page, 'curl').click();
  await page.getByRole('combobox', { name: 'Model' }).selectOption('local/echo');
  await client.getByRole('button', { name: 'Copy key' }).click();
  await expect.poll(product.clipboard).toBe(key);
  await client.getByRole('button', { name: 'Copy OpenAI base URL' }).click();
  await expect.poll(product.clipboard).toBe(`${product.baseUrl}/v1`);
  await expect(page.locator('body')).not.toContainText(key.slice(0, -4));
  expect(await ask(await product.clipboard(), key, 'Hello', { model: 'local/echo' })).toMatchObject({ status: 200 });
});

test('from a fresh start to the first answer by the cards of Home', async ({ product, page }) => {
  await page
    .getByRole('region', { name: 'What do you want to use?' })
    .getByRole('link', { name: /^Codex/ })
    .click();
  await clientPage(page).getByRole('button', { name: 'Copy OpenAI base URL' }).click();
  await expect.poll(product.clipboard).toContain('/v1');
  const url = await product.clipboard();
  await clientPage(page).getByRole('button', { name: 'Copy key' }).click();
  await expect.poll(product.clipboard).toMatch(/^sk-local-/);
  expect(
    await ask(url, await product.clipboard(), 'Hello', { model: 'local/echo', agent: 'codex_cli_rs/0.169.0' }),
  ).toMatchObject({
    status: 200,
  });
  await expect(clientPage(page).getByTestId('client-call')).toContainText('Codex called local/echo');
});

test('a link opens a program with everything filled in', async ({ product, page }) => {
  const key = await product.clientKey();
  await go(page, 'Connect');
  await clientCard(page, 'Cherry Studio').click();
  const client = clientPage(page);
  await client.getByRole('button', { name: 'Copy link (Anthropic)' }).click();
  await expect.poll(product.clipboard).toContain('cherrystudio://');
  const link = await product.clipboard();
  const data = decodeURIComponent(link.split('data=')[1] ?? '');
  expect(JSON.parse(Buffer.from(data, 'base64').toString())).toMatchObject({
    baseUrl: product.baseUrl,
    apiKey: key,
    type: 'anthropic',
  });
  const opened = await product.app?.evaluateHandle(({ shell }) => {
    const urls: string[] = [];
    shell.openExternal = async (url) => void urls.push(url);
    return urls;
  });
  // A browser hands a link to the system; that it does cannot be seen from here.
  test.skip(opened === undefined, 'only a desktop application opens links of other programs by itself');
  await client.getByRole('button', { name: 'Open in Cherry Studio: Anthropic' }).click();
  await expect.poll(() => opened?.jsonValue()).toEqual([link]);
});

test('while Traygate is stopped the page says so, and starts it', async ({ page, shell }) => {
  test.skip(shell === 'headless', 'a headless gateway serves this page, so it is not stopped from it');
  await go(page, 'Connect');
  await page.getByRole('banner').getByRole('button', { name: 'Stop' }).click();
  const main = page.getByRole('main');
  await expect(main.getByText('Traygate is stopped, so no client gets an answer.').first()).toBeVisible();
  await main.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(main.getByText('Waiting for the first request…')).toBeVisible();
});

test('a test in the name of a client answers and turns no card green', async ({ page }) => {
  await go(page, 'Connect');
  await clientCard(page, 'Claude Code').click();
  await page.getByRole('combobox', { name: 'Model' }).selectOption('local/echo');
  const client = clientPage(page);
  await client.getByRole('button', { name: 'Send a test as this client' }).click();
  await expect(client.getByText(/^Answered in /)).toBeVisible();
  await expect(client.getByText('Waiting for the first request…')).toBeVisible();
});

test('an old key, an unknown model and a missing /v1 are told, each with what helps', async ({ product, page }) => {
  await go(page, 'Connect');
  const key = await product.clientKey();
  const url = `${product.baseUrl}/v1`;
  for (const at of [1, 2])
    expect(await ask(url, 'sk-local-an-older-key-9c1b', `${at}`, claudeCode)).toMatchObject({ status: 401 });
  await expect(page.getByText('Claude Code tried 2 times with an old key ending 9c1b.')).toBeVisible();
  await page.getByRole('button', { name: 'Copy the current key' }).click();
  await expect.poll(product.clipboard).toBe(key);

  expect(await ask(url, key, 'Hi', { ...claudeCode, model: 'local-echos' })).toMatchObject({ status: 404 });
  await page.getByRole('button', { name: /^Let it mean local\/echo/ }).click();
  await expect(page.getByText('“local-echos” means local/echo from now on.').first()).toBeVisible();
  expect(await ask(url, key, 'Hi', { ...claudeCode, model: 'local-echos' })).toMatchObject({ status: 200 });

  expect(await ask(product.baseUrl, key, 'Hi', claudeCode)).toMatchObject({ status: 200 });
  await expect(page.getByText(/^Claude Code calls without \/v1/)).toBeVisible();
});

test('a file that points where nobody answers is found, and the fix is shown before it is made', async ({
  product,
  page,
  home,
}) => {
  const dead = await freePort();
  const text = `model = "x" # mine\n\n[model_providers.old]\nbase_url = "http://127.0.0.1:${dead}/v1"\n`;
  const file = await put(home, '.codex/config.toml', text);
  await go(page, 'Connect');
  const stray = page.getByRole('region', { name: 'Addresses that lead nowhere' });
  await expect(stray).toContainText(`Codex is set to http://127.0.0.1:${dead}/v1, where nobody answers.`);
  await stray.getByRole('button', { name: 'Show the fix' }).click();
  await expect(stray.locator('[data-kind="added"]').first()).toContainText(`${product.baseUrl}/v1`);
  await stray.getByRole('button', { name: 'Fix it' }).click();
  await expect(stray).toBeHidden();
  const fixed = await readFile(file, 'utf8');
  expect(fixed).toContain(`base_url = "${product.baseUrl}/v1"`);
  expect(fixed).toContain('# mine');
});

test('a key of its own is made for a client and filled in', async ({ product, page }) => {
  await go(page, 'Connect');
  await clientCard(page, 'Codex').click();
  const client = clientPage(page);
  await client.getByRole('button', { name: 'New key for Codex' }).click();
  await expect(page.getByRole('combobox', { name: 'Key' })).toContainText('Codex (…');
  await client.getByRole('button', { name: 'Copy key' }).click();
  await expect.poll(product.clipboard).toMatch(/^sk-local-/);
  const key = await product.clipboard();
  expect(key).not.toBe(await product.clientKey());
  expect(await ask(`${product.baseUrl}/v1`, key, 'Hello', { model: 'local/echo' })).toMatchObject({ status: 200 });
  // The key says whose request it was.
  await expect(client.getByTestId('client-call')).toBeVisible();
});

test('Connect has no barriers, in both themes, both languages and every width', async ({ page, home }) => {
  test.slow();
  await put(home, '.claude/settings.json', settings);
  await page.evaluate(() => void (location.hash = '/connect/claude-code'));
  for (const language of Object.keys(languages) as (keyof typeof languages)[]) {
    await chooseLanguage(page, language);
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(page, theme);
      expect(await barriers(page), `${language} ${theme}`).toEqual([]);
    }
  }
  for (const width of [1280, 1024, 640, 390, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.querySelector('main')?.scrollWidth ?? 0);
    expect(wide, `${width} px`).toBeLessThanOrEqual(
      await page.evaluate(() => document.querySelector('main')?.clientWidth ?? 0),
    );
  }
});
