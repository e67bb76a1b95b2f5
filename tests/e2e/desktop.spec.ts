import { expect, test } from './fixtures.ts';
import { askProduct } from './harness/client.ts';
import { answerDialogs, closeWindow, exitCode, isVisible, quit, runToEnd } from './harness/window.ts';

test.skip(({ shell }) => shell !== 'desktop', 'headless mode has no window of its own, no tray and no second instance');

test('closing the window keeps the gateway running', async ({ product }) => {
  await expect.poll(() => isVisible(product)).toBe(true);
  await closeWindow(product);
  expect(await isVisible(product)).toBe(false);
  expect(await askProduct(product, 'Still there?', { model: 'local/echo' })).toMatchObject({ status: 200 });
});

test('starting it again shows the window of the first and ends with 0', async ({ product, start }) => {
  await closeWindow(product);
  expect(await runToEnd(start)).toMatchObject({ code: 0 });
  await expect.poll(() => isVisible(product)).toBe(true);
});

test.describe('quitting', () => {
  /** Long enough to be in flight when the application is told to quit. */
  const slow = 'WAIT 1500\nREPEAT 1 All of it.';

  async function inFlight(product: Parameters<typeof askProduct>[0], count: number): Promise<void> {
    await expect
      .poll(() => product.page.evaluate(() => window.traygate?.call('state.get', null)))
      .toMatchObject({ value: { inFlight: count } });
  }

  test('at rest ends at once with 0', async ({ product }) => {
    const code = exitCode(product);
    await quit(product);
    expect(await code).toBe(0);
  });

  test('finishes what is being answered if the user says so', async ({ product }) => {
    await answerDialogs(product, 0);
    const reply = askProduct(product, slow, { model: 'local/script' });
    await inFlight(product, 1);
    const code = exitCode(product);
    await quit(product);
    expect((await reply).text).toContain('All of it.');
    expect(await code).toBe(0);
  });

  test('breaks it off if the user says so', async ({ product }) => {
    await answerDialogs(product, 1);
    const started = Date.now();
    const reply = askProduct(product, 'WAIT 20000', { model: 'local/script' }).catch((error: unknown) => String(error));
    await inFlight(product, 1);
    const code = exitCode(product);
    await quit(product);
    expect(await code).toBe(0);
    expect(Date.now() - started).toBeLessThan(8000);
    expect(await reply).not.toMatchObject({ status: 200 });
  });

  test('stays if the user changes their mind', async ({ product }) => {
    await answerDialogs(product, 2);
    const reply = askProduct(product, slow, { model: 'local/script' });
    await inFlight(product, 1);
    await quit(product);
    expect((await reply).status).toBe(200);
    await inFlight(product, 0);
    expect(await isVisible(product)).toBe(true);
  });

  test('asks nothing when the system ends it', async ({ product }) => {
    test.skip(process.platform === 'win32', 'Windows has no SIGTERM that a program could hear');
    const reply = askProduct(product, slow, { model: 'local/script' });
    await inFlight(product, 1);
    expect(await product.end()).toBe(0);
    expect((await reply).text).toContain('All of it.');
  });
});

test('F159, F160: the page gets two functions and nothing of Electron or Node', async ({ page }) => {
  const seen = await page.evaluate(() => ({
    bridge: Object.entries(window.traygate ?? {}).map(([name, member]) => `${name}: ${typeof member}`),
    frozen: Object.isFrozen(window.traygate),
    leaks: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer'].filter((name) => name in window),
  }));
  expect(seen).toEqual({ bridge: ['call: function', 'listen: function'], frozen: true, leaks: [] });
});

test('F161: an unknown call and a wrong input are answered, not run', async ({ page }) => {
  const call = (name: string, input: unknown) =>
    page.evaluate(([called, given]) => window.traygate?.call(called, given), [name, input] as const);
  expect(await call('no.such', null)).toMatchObject({ ok: false, error: { code: 'unknown_call' } });
  expect(await call('__proto__', null)).toMatchObject({ ok: false, error: { code: 'unknown_call' } });
  expect(await call('gateway.stop', { now: 'yes' })).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
});

test('F164: the page can neither leave nor open windows', async ({ product, page }) => {
  const before = page.url();
  await page.evaluate(() => {
    window.open('https://example.com/');
    window.open('file:///etc/passwd');
    location.href = 'https://example.com/';
  });
  // A refusal makes no sound; a call through the bridge afterwards shows that the page is still ours.
  await expect.poll(() => page.evaluate(() => window.traygate?.call('totals.get', null))).toMatchObject({ ok: true });
  expect(page.url()).toBe(before);
  expect(product.app?.windows()).toHaveLength(1);
});

test('F164: links to known places open in the browser of the system, others nowhere', async ({ product, page }) => {
  const opened = await product.app?.evaluateHandle(({ shell }) => {
    const urls: string[] = [];
    shell.openExternal = (url) => Promise.resolve(void urls.push(url));
    return urls;
  });
  await page.evaluate(() => {
    for (const url of ['https://chat.z.ai/', 'https://example.com/', 'http://chat.z.ai/', 'vscode://file/etc/passwd'])
      window.open(url);
  });
  await expect.poll(() => opened?.jsonValue()).toEqual(['https://chat.z.ai/']);
});
