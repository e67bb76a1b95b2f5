/** What becomes of the window: remembered, given up, crashed, and not let anybody else in. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { ask } from './harness/client.ts';
import { launchDesktop, startDesktop } from './harness/desktop.ts';
import { end } from './harness/ending.ts';
import { header } from './harness/pages.ts';
import type { Product } from './harness/product.ts';
import { canSeeTray, needsVisibleTray, notificationsOf } from './harness/tray.ts';
import { answerDialogs, closeWindow, exitCode, isVisible, runToEnd } from './harness/window.ts';

test.skip(({ shell }) => shell !== 'desktop', 'a browser looks after its windows itself');

const boundsOf = ({ app }: Pick<Product, 'app'>) =>
  app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

/** Through the window's own contents: the page that Playwright holds has gone with a crash. */
const inWindow = async ({ app }: Product, code: string): Promise<unknown> =>
  app?.evaluate(
    ({ BrowserWindow }, source) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(source),
    code,
  );

test('size and place come back at the next start', async ({ start }) => {
  const first = await startDesktop(start);
  await first.app?.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 140, y: 90, width: 900, height: 640 });
  });
  const left = await boundsOf(first);
  await closeWindow(first);
  await first.end();
  const second = await startDesktop(start);
  expect(await boundsOf(second)).toEqual(left);
  await second.end();
});

test('a place on a screen that has gone is not kept', async ({ start }) => {
  const far = { x: 9_000, y: 9_000, width: 800, height: 600 };
  await writeFile(path.join(start.dataDir, 'window.json'), JSON.stringify({ bounds: far }));
  const product = await startDesktop(start);
  const bounds = await boundsOf(product);
  expect(bounds?.width).toBe(800);
  expect([bounds?.x, bounds?.y]).not.toEqual([9_000, 9_000]);
  await product.end();
});

/** Long timers of the application end at once from now on. */
const hurry = ({ app }: Product) =>
  app?.evaluate(() => {
    const patient = globalThis.setTimeout;
    const hasty = (run: () => void, ms = 0) => patient(run, ms >= 60_000 ? 50 : ms);
    globalThis.setTimeout = Object.assign(hasty, patient);
  });

test('a window that has been hidden for long is given up, and comes back where it was', async ({ product, start }) => {
  const key = await product.clientKey();
  await product.page.evaluate(() => void (location.hash = '/logs'));
  await hurry(product);
  await closeWindow(product);
  await expect.poll(() => product.app?.windows().length).toBe(0);
  expect((await ask(`${product.baseUrl}/v1`, key, 'Still there?', { model: 'local/echo' })).status).toBe(200);
  const again = product.app?.waitForEvent('window');
  await runToEnd(start);
  const page = await again;
  if (page === undefined) throw new Error('no window came');
  await header(page).waitFor();
  await expect(page).toHaveURL(/#\/logs$/);
});

test('it stays, hidden, when the setting says so', async ({ product, page }) => {
  await page.evaluate(() =>
    window.traygate?.call('settings.set', { path: 'desktop.lightweight', value: false, by: null }),
  );
  await hurry(product);
  await closeWindow(product);
  // Longer than the hurried timer: had it given the window up, the page would be gone by now.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  expect(product.app?.windows()).toHaveLength(1);
  expect(await isVisible(product)).toBe(false);
});

for (const [answer, choice] of [
  ['keep running', 'hide'],
  ['quit', 'quit'],
] as const) {
  test(`the first close asks, and “${answer}” is remembered`, async ({ start }) => {
    await writeFile(path.join(start.dataDir, 'window.json'), '{}');
    const product = await startDesktop(start);
    await header(product.page).waitFor();
    const setting = () => product.page.evaluate(() => window.traygate?.call('settings.get', null));
    await answerDialogs(product, choice === 'quit' ? 1 : 0);
    const code = exitCode(product);
    await closeWindow(product);
    if (choice === 'quit') {
      expect(await code).toBe(0);
      const saved = await readFile(path.join(start.dataDir, 'settings.json'), 'utf8');
      expect(JSON.parse(saved)).toMatchObject({ desktop: { closeButton: 'quit' } });
      return;
    }
    await expect.poll(() => isVisible(product)).toBe(false);
    expect(await setting()).toMatchObject({ value: { values: { 'desktop.closeButton': 'hide' } } });
    // Another answer would quit now, if it were asked again.
    await answerDialogs(product, 1);
    await runToEnd(start);
    await expect.poll(() => isVisible(product)).toBe(true);
    await closeWindow(product);
    await expect.poll(() => isVisible(product)).toBe(false);
    await product.end();
  });
}

test('an update may close the window, which otherwise only hides', async ({ product }) => {
  await product.app?.evaluate(({ autoUpdater, BrowserWindow }) => {
    autoUpdater.emit('before-quit-for-update');
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await expect.poll(() => product.app?.windows().length).toBe(0);
});

test('the close button can quit instead', async ({ product, page }) => {
  await page.evaluate(() =>
    window.traygate?.call('settings.set', { path: 'desktop.closeButton', value: 'quit', by: null }),
  );
  const ended = new Promise((resolve) => product.app?.process().once('exit', resolve));
  await closeWindow(product);
  expect(await ended).toBe(0);
});

test('F101: a page that crashes is loaded again, and requests are answered all the while', async ({ start }) => {
  const product = await startDesktop(start);
  await header(product.page).waitFor();
  const key = await product.clientKey();
  await inWindow(product, 'window.before = true');
  await product.app?.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  expect((await ask(`${product.baseUrl}/v1`, key, 'Still there?', { model: 'local/echo' })).status).toBe(200);
  const page = `document.querySelector('header') !== null && !('before' in window)`;
  await expect.poll(() => inWindow(product, page).catch(() => false), { timeout: 15_000 }).toBe(true);
  await product.end();
});

test('a page that is not ours gets no answer over IPC', async ({ product }) => {
  const answer = await product.app?.evaluate(async ({ app, BrowserWindow }) => {
    const preload = `${app.getAppPath()}/dist/electron/preload.cjs`;
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload } });
    await stranger.loadURL('data:text/html,<title>stranger</title>');
    const question = `window.traygate.call('state.get', null).then(() => 'answered', (error) => String(error))`;
    const said: unknown = await stranger.webContents.executeJavaScript(question);
    stranger.destroy();
    return said;
  });
  expect(answer).toMatch(/Refused: the call does not come from our page/);
});

test.describe('start at login', () => {
  test.skip(process.platform !== 'linux', 'elsewhere a program that is not installed is no login item');
  test.use({
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright wants one, and it needs none
    environment: async ({}, use) => {
      const home = await mkdtemp(path.join(tmpdir(), 'traygate-e2e-config-'));
      await use({ XDG_CONFIG_HOME: home });
      await rm(home, { recursive: true, force: true });
    },
  });

  test('is an entry of the system that comes and goes with its switch', async ({ page, environment }) => {
    const folder = path.join(environment['XDG_CONFIG_HOME'] ?? '', 'autostart');
    const entry = async () => {
      const [name] = await readdir(folder).catch(() => []);
      return name === undefined ? '' : readFile(path.join(folder, name), 'utf8').catch(() => '');
    };
    const want = (value: boolean) =>
      page.evaluate(
        (on) => window.traygate?.call('settings.set', { path: 'desktop.startAtLogin', value: on, by: null }),
        value,
      );
    await want(true);
    await expect.poll(entry).toMatch(/^Exec=".*" "--hidden" "--data-dir=.*"$/m);
    await want(false);
    await expect.poll(entry).toBe('');
  });
});

test('what happened while there was no window to see is told by the system', async ({ start }) => {
  await writeFile(path.join(start.dataDir, 'settings.json'), '{ "ui": ');
  const app = await launchDesktop(start, ['--hidden']);
  const product = { app };
  try {
    test.skip(!(await canSeeTray(product)), needsVisibleTray);
    await expect
      .poll(() => notificationsOf(product))
      .toEqual([{ title: 'Settings were damaged', body: 'The damaged file was kept. See what has taken its place.' }]);
    const shown = app.waitForEvent('window');
    await app.evaluate((electron) => {
      // Of the stand-in, which remembers what was shown.
      const { standIn } = electron as unknown as { standIn: { notifications: { emit(name: string): void }[] } };
      standIn.notifications[0]?.emit('click');
    });
    await header(await shown).waitFor();
    await expect.poll(() => isVisible(product)).toBe(true);
  } finally {
    await end(app.process());
  }
});

test('a token that its provider rejects is told of while nobody looks', async ({ product, zai }) => {
  test.skip(!(await canSeeTray(product)), needsVisibleTray);
  test.slow();
  const { token } = zai.users.add({ name: 'Ada' });
  const call = (name: string, input: unknown) =>
    product.page.evaluate(([asked, given]) => window.traygate?.call(asked, given), [name, input] as const);
  await call('tokens.add', { provider: 'zai', text: token, check: true, trusting: false });
  await closeWindow(product);
  // The list before is what news is told against.
  await product.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 3_000)));
  zai.users.remove(token);
  const listed = await call('tokens.list', { provider: 'zai' });
  const ids =
    JSON.stringify(listed)
      .match(/"id":"[^"]+"/g)
      ?.map((found) => found.slice(6, -1)) ?? [];
  await call('tokens.check', { ids });
  expect(await call('tokens.list', { provider: 'zai' })).toMatchObject({ value: [{ state: 'invalid' }] });
  await expect
    .poll(() => notificationsOf(product), { timeout: 15_000 })
    .toEqual([{ title: 'Z.AI rejects a token', body: expect.stringMatching(/^\S+: not used any more/) }]);
  expect(JSON.stringify(await notificationsOf(product))).not.toContain(token);
});
