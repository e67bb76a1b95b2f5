/** What the settings page can find out: the proxy, certificates, and whether all is well. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { connect } from 'node:net';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { chooseLanguage } from './harness/barriers.ts';
import { callProduct } from './harness/call.ts';

async function open(page: Page, section: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), `/settings/${section}`);
  await page.locator(`nav a[aria-current="page"][href$="/settings/${section}"]`).waitFor();
}

const tls = path.join(import.meta.dirname, '../fixtures/tls');

/** A proxy that leads every wish to the same place, and the place, which calls itself office.example. */
async function startProxy() {
  const [key, cert] = await Promise.all([
    readFile(path.join(tls, 'office.key')),
    readFile(path.join(tls, 'office.cert')),
  ]);
  const service = createSecure({ key, cert }, (_request, response) => response.writeHead(404).end());
  service.listen(0, '127.0.0.1');
  const wishes: string[] = [];
  const allows = { it: true };
  const proxy = createServer().on('connect', ({ url }, socket) => {
    wishes.push(url ?? '');
    if (!allows.it) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const address = service.address();
    if (address === null || typeof address === 'string') return;
    const way = connect(address.port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    way.pipe(socket).pipe(way);
    for (const end of [way, socket]) end.on('error', () => way.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await Promise.all([once(service, 'listening'), once(proxy, 'listening')]);
  const address = proxy.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://me:hidden-word@127.0.0.1:${port}`,
    wishes,
    allows,
    close: () => {
      for (const server of [service, proxy]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

test('the proxy is tested with each provider: it works, it refuses, it is not there', async ({ page }) => {
  const proxy = await startProxy();
  try {
    await callProduct(page, 'provider.add', {
      provider: { kind: 'openai-compatible', name: 'Office', baseUrl: 'https://office.example/v1', keyless: true, headers: {}, models: [], prefix: '', enabled: true },
      keys: null,
    }); // prettier-ignore
    await open(page, 'network');
    const field = page.getByRole('textbox', { name: 'Outbound proxy' });
    const button = page.getByRole('button', { name: 'Test the proxy' });
    const row = page.locator('#setting-network_proxy');
    await field.fill(proxy.url);
    await field.press('Enter');
    const certificates = page.getByRole('textbox', { name: 'Extra certificates (CA file)' });
    await certificates.fill(path.join(tls, 'office.cert'));
    await certificates.press('Enter');
    await expect(page.getByText('CN=office.example')).toBeVisible();
    await expect(field).toHaveValue(/••••/);
    proxy.wishes.length = 0;
    await button.click();
    await expect(row.getByRole('status')).toContainText('The proxy works: 1 of 1 providers answer through it.');
    await expect(row.getByRole('listitem').filter({ hasText: 'Office' })).toContainText(/\d+ ms/);
    await expect(row.getByRole('listitem').filter({ hasText: /^Z\.AI\d+ ms/ })).toContainText('on this computer');
    expect(proxy.wishes).toEqual(['office.example:443']);

    proxy.allows.it = false;
    await button.click();
    await expect(row.getByRole('status')).toContainText('No provider answers through the proxy.');
    await expect(row.getByRole('listitem').filter({ hasText: 'Office' })).toContainText('user and a password');

    await field.fill('http://127.0.0.1:9');
    await field.press('Enter');
    await expect(row.getByRole('status')).toBeEmpty();
    await button.click();
    await expect(row.getByRole('listitem').filter({ hasText: 'Office' })).toContainText('cannot be reached');
    expect(await page.locator('body').innerText()).not.toContain('hidden-word');

    await page.getByRole('button', { name: 'Reset Outbound proxy to default' }).click();
    await button.click();
    await expect(row.getByRole('status')).toContainText('No proxy is set:');
  } finally {
    proxy.close();
  }
});

test('a file of certificates is shown with whom they name and until when', async ({ page }) => {
  await open(page, 'network');
  const field = page.getByRole('textbox', { name: 'Extra certificates (CA file)' });
  await field.fill(path.join(tls, 'unsigned.key'));
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription(/no certificate/);
  await field.fill(path.join(tls, 'unsigned.cert'));
  await field.press('Enter');
  const row = page.locator('#setting-network_caFile');
  await expect(row.getByRole('listitem')).toHaveText(/CN=nobody\.invalid.*2126/s);
  await expect(field).not.toHaveAttribute('aria-invalid');
});

for (const language of ['en', 'zh-CN'] as const)
  test(`the self-test says of each check what it has found, ${language}`, async ({ page }) => {
    await chooseLanguage(page, language);
    await open(page, 'about');
    await page.getByRole('button', { name: language === 'en' ? 'Run the self-test' : '运行自检' }).click();
    const checks = page.getByRole('region', { name: language === 'en' ? 'Self-test' : '自检' }).getByRole('listitem');
    await expect(checks).toHaveCount(8, { timeout: 20_000 });
    const said = await checks.allInnerTexts();
    expect(said.join('\n')).not.toMatch(/\{\{|undefined/);
    const found = await checks.evaluateAll((lines) => lines.map((line) => line.getAttribute('data-verdict')));
    // Address, key, answer and data folder; what the machine, its keychain and the simulator make of the others is theirs.
    expect(found.slice(0, 4)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(said[0]).toContain('http://');
  });

test('where the files are is told, to copy, and to show where there is a desktop', async ({ page, product }) => {
  await open(page, 'about');
  const places = page.getByRole('region', { name: 'Files' });
  await places.getByRole('button', { name: 'Copy the path: Data folder' }).click();
  await expect.poll(() => product.clipboard()).toBe(product.dataDir);
  await expect(places.getByRole('button', { name: 'Show in its folder: Log file' })).toHaveCount(
    product.shell === 'desktop' ? 1 : 0,
  );
  for (const [name, shape] of [
    ['Runs on', /Node\.js \d+/],
    ['Documents', /\/docs\/home\.html$/],
    ['Version', /^\d+\.\d+\.\d+ /],
  ] as const)
    await expect(page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]')).toHaveText(shape);
});

test('the licences of what Traygate is made with can be read', async ({ page }) => {
  await open(page, 'about');
  await page.getByRole('button', { name: 'Show licences' }).click();
  const text = page.getByRole('textbox', { name: 'Licences' });
  await expect(text).toHaveValue(/express/);
  const built = await readFile(path.join(import.meta.dirname, '../../dist/THIRD-PARTY.txt'), 'utf8');
  expect((await text.inputValue()).replaceAll('\r', '')).toBe(built.replaceAll('\r', ''));
});
