/** What the panel beside the list says of one request, and what leaves it. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import * as frames from '../simulators/zai/frames.ts';
import { scripts } from '../simulators/zai/simulator.ts';
import { expect, test } from './fixtures.ts';
import { askProduct } from './harness/client.ts';
import { addTokens, details, go, logRows } from './harness/pages.ts';
import { longestPause, unnoticed } from './harness/work.ts';

test.use({ environment: { ANONYMOUS_MODE: 'false' } });

const tab = (page: Page, name: string | RegExp) => details(page).getByRole('tab', { name });

test('A9: a failover is one row with two attempts, whose times add up, read by keyboard alone', async ({
  product,
  page,
  zai,
}) => {
  const [limited, good] = [zai.users.add(), zai.users.add()];
  zai.answer(scripts.status(429, { code: 429, message: 'Too Many Requests' }), limited.token);
  await addTokens(page, [limited.token, good.token]);
  await go(page, 'Logs');
  // Tokens take turns, so one of two requests meets the limited one.
  for (const prompt of ['one', 'two']) expect(await askProduct(product, prompt)).toMatchObject({ status: 200 });
  await expect(logRows(page)).toHaveCount(2);

  await page.getByRole('button', { name: 'Retried' }).click();
  await expect(logRows(page)).toHaveCount(1);
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const panel = details(page);
  await expect(panel.getByTestId('verdict')).toContainText('Answered by Z2 after Z1 was rate limited');
  await expect(panel).toBeFocused();

  await panel.getByText('All moments').click();
  const total = Number((await panel.getByTestId('moment-closed').innerText()).replaceAll(/[^\d.]/gu, ''));
  const widths = await panel
    .locator('[data-segment]')
    .evaluateAll((bars) => bars.map((bar) => Number.parseFloat((bar as HTMLElement).style.width)));
  expect(widths.length).toBeGreaterThan(2);
  const sum = (widths.reduce((all, width) => all + width, 0) * total) / 100;
  expect(Math.abs(sum - total)).toBeLessThanOrEqual(5);

  await tab(page, /^Attempts/).click();
  await expect(panel.getByText(/^Attempt \d$/)).toHaveText(['Attempt 1', 'Attempt 2']);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(grid).toBeFocused();
});

/** What a shell prints when it is given a command. */
async function runInShell(command: string, environment: Record<string, string>): Promise<string> {
  const child = spawn('sh', ['-c', command], { env: { ...process.env, ...environment } });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return said;
}

test('A10: copied as cURL a request is sent again as it was, without the key unless it is asked for', async ({
  product,
  page,
}) => {
  test.skip(process.platform === 'win32', 'the command is one of a POSIX shell');
  const key = await product.clientKey();
  await askProduct(product, "What's next?", { model: 'local/echo' });
  await askProduct(product, 'Hello', { model: 'local/error-429' });
  await go(page, 'Logs');
  for (const [model, status] of [
    ['local/error-429', 429],
    ['local/echo', 200],
  ] as const) {
    await logRows(page).filter({ hasText: model }).last().click();
    await details(page).getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('menuitem', { name: 'cURL' }).click();
    await expect.poll(product.clipboard).toContain(model);
    const command = await product.clipboard();
    expect(command).toMatch(/^curl /);
    expect(command).not.toContain(key);
    const said = await runInShell(`${command} --silent --write-out '\\n%{http_code}'`, { API_KEY: key });
    expect(said.split('\n').at(-1)).toBe(`${status}`);
    if (status === 200) expect(JSON.parse(said.slice(0, said.lastIndexOf('\n')))).toMatchObject({ model });
    await expect(
      logRows(page)
        .filter({ hasText: model })
        .filter({ hasText: `${status}` }),
    ).toHaveCount(2);
  }
  // The desktop gives its key to the clipboard alone.
  if (product.shell === 'desktop') return;
  await details(page).getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Include the key' }).click();
  await details(page).getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name: 'cURL' }).click();
  await expect.poll(product.clipboard).toContain(key);
});

test('A11: secrets in headers and bodies are seen neither in the panel nor in what is exported or reported', async ({
  product,
  page,
}) => {
  const canary = (at: string) => `sk-CANARY${at}7f3a9c55b2d8`;
  const response = await fetch(`${product.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await product.clientKey()}`,
      'content-type': 'application/json',
      cookie: `session=${canary('cookie')}`,
      'x-goog-api-key': canary('header'),
      'x-amz-security-token': canary('token'),
    },
    body: JSON.stringify({
      model: 'local/echo',
      user: 'me',
      api_key: canary('field'),
      metadata: { password: canary('deep') },
      messages: [{ role: 'user', content: `Mail it with Bearer ${canary('words')} please` }],
    }),
  });
  expect(response.status).toBe(200);
  await go(page, 'Logs');
  await logRows(page).first().click();
  for (const name of ['Overview', /^Attempts/, 'Request', 'Response']) {
    await tab(page, name).click();
    if (name === 'Request') {
      await expect(details(page).getByText('Mail it with')).toBeVisible();
      await details(page).getByRole('button', { name: 'JSON' }).click();
      await expect(details(page).getByText('"[redacted]"').first()).toBeVisible();
    }
    if (name === 'Response')
      await expect(details(page).getByRole('region', { name: 'Events' })).toContainText('finish');
    expect(await page.content(), `${name}`).not.toContain('CANARY');
  }

  // On the desktop the dialogue of the system asks where to.
  if (product.shell === 'headless') {
    for (const format of ['JSONL', 'HAR', 'CSV']) {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('radio', { name: format }).check();
      if (format !== 'CSV') {
        await page.getByRole('checkbox', { name: /prompts and answers/i }).check();
        await page.getByRole('textbox', { name: /EXPORT/ }).fill('EXPORT');
      }
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save file' }).click(),
      ]);
      const text = await readFile(await file.path(), 'utf8');
      expect(text).toContain(format === 'CSV' ? 'local/echo' : 'Mail it with');
      expect(text).not.toContain('CANARY');
      await page.keyboard.press('Escape');
    }
  }

  await page.getByRole('button', { name: 'Report' }).click();
  const report = page.getByRole('dialog');
  await expect(report).toContainText('local/echo');
  expect(await report.innerText()).not.toContain('CANARY');
  await report.getByRole('button', { name: 'Save report' }).click();
  const said = await page.getByText(/^Saved as /).innerText();
  const saved = await readFile(said.slice('Saved as '.length, -1), 'utf8');
  expect(saved).toContain('local/echo');
  expect(saved).not.toContain('CANARY');
});

test('A12, F142: what a model writes is only text: no markup, no link, no control characters, nothing loaded', async ({
  product,
  page,
}) => {
  const hostile = `<img src="https://evil.example/x.png" onerror="document.title='caught'"> [x](javascript:alert(1)) \u001B[31m \u202Egnp.exe`;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await askProduct(product, `Say this: ${hostile}`, { model: 'local/echo', stream: true });
  await go(page, 'Logs');
  await logRows(page).first().click();
  for (const name of ['Request', 'Response']) {
    await tab(page, name).click();
    await expect(details(page).getByText('<img src=').first()).toBeVisible();
    await expect(details(page).getByText('javascript:alert(1)').first()).toBeVisible();
    await expect(details(page).getByText('⟦U+202E⟧gnp.exe').first()).toBeVisible();
    await expect(details(page).getByText('␛[31m').first()).toBeVisible();
    for (const hidden of ['\u001B', '\u202E']) expect(await page.content()).not.toContain(hidden);
    expect(await details(page).locator('img, a[href^="javascript"]').count()).toBe(0);
  }
  expect(await page.title()).not.toBe('caught');
  expect(asked.filter((url) => url.includes('evil.example'))).toEqual([]);
});

test('A12: five megabytes in one line neither stop the page nor fill it', async ({ product, page, zai }) => {
  test.slow();
  const oneEvent = (length: number) =>
    zai.answer(({ response }) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(frames.answerDelta('x'.repeat(length)) + frames.usage(1, 1) + frames.done());
    });
  await addTokens(page, [zai.users.add().token]);
  // Nothing in a stream may be as long as that: it is an error of the service.
  oneEvent(5_000_000);
  expect((await askProduct(product, 'One event', { stream: true })).status).toBe(502);
  oneEvent(1_000_000);
  expect(await askProduct(product, 'One event', { stream: true })).toMatchObject({ status: 200 });
  await askProduct(product, `Say ${'x'.repeat(5_000_000)}`, { model: 'local/echo' });
  await go(page, 'Logs');
  await expect(logRows(page)).toHaveCount(3);
  const panel = details(page);
  const pause = await longestPause(page, async () => {
    for (const at of [0, 1]) {
      await logRows(page).nth(at).click();
      await tab(page, 'Response').click();
      await expect(panel.getByText('Too long to be kept whole.').first()).toBeVisible();
      await expect(panel.getByRole('region', { name: 'Answer' })).toContainText('xxx');
      await expect(panel.getByRole('region', { name: 'Events' })).toContainText('xxx');
      expect(await page.evaluate(() => document.body.innerText.length)).toBeLessThan(60_000);
    }
    await logRows(page).nth(2).click();
    await tab(page, 'Error').click();
    await panel.getByText('Exact words').click();
    expect(await page.evaluate(() => document.body.innerText.length)).toBeLessThan(10_000);
  });
  expect(pause).toBeLessThan(unnoticed);
});
