import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { launchDesktop, startDesktop } from './harness/desktop.ts';
import { end } from './harness/ending.ts';
import { startServer } from './harness/headless.ts';
import { takePort } from './harness/machine.ts';
import { header } from './harness/pages.ts';
import { canSeeTray, trayOf } from './harness/tray.ts';
import { runToEnd } from './harness/window.ts';

test.skip(({ shell }) => shell !== 'desktop', 'how a server starts and fails is tested without a window');

/** The stand-in writes an error box down and goes on; a real one stays until somebody clicks. */
const errorBoxWaits = process.env['ELECTRON_OVERRIDE_DIST_PATH'] === undefined;

test('a taken port is told in window and tray, and can be tried again', async ({ start }) => {
  const taken = await takePort(start.port);
  const product = await startDesktop(start);
  await expect(header(product.page).getByRole('button', { name: 'Port in use' })).toBeVisible();
  if (await canSeeTray(product)) {
    await expect.poll(async () => (await trayOf(product))?.labels[0]).toBe(`▲ Port ${start.port} is in use`);
  }
  await taken.free();
  await header(product.page).getByRole('button', { name: 'Start' }).click();
  await expect(header(product.page).getByRole('button', { name: 'Running' })).toBeVisible();
  expect((await fetch(`${product.baseUrl}/health`)).status).toBe(200);
  await product.end();
});

test('started hidden it has no window until it is started again', async ({ start }) => {
  const app = await launchDesktop(start, ['--hidden']);
  await expect
    .poll(() =>
      fetch(`http://127.0.0.1:${start.port}/health`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  expect(app.windows()).toHaveLength(0);
  const window = app.waitForEvent('window');
  expect(await runToEnd(start)).toMatchObject({ code: 0 });
  await header(await window).waitFor();
  await end(app.process());
});

test('a wrong command line ends with 64 and one line', async ({ start }) => {
  const { code, said } = await runToEnd(start, ['--port=http']);
  expect(code).toBe(64);
  // A graphical program of Windows has no standard error.
  if (process.platform !== 'win32') expect(said).toContain('--port must be a number from 0 to 65535, not "http"');
});

test('damaged settings are replaced and told, and the damaged file is kept', async ({ start }) => {
  await writeFile(path.join(start.dataDir, 'settings.json'), '{ "ui": ');
  const product = await startDesktop(start);
  const told = product.page.getByRole('region', { name: 'Repaired at the start' });
  await expect(told).toContainText('settings.json was damaged, and there was no good backup.');
  const kept = (await readdir(start.dataDir)).find((name) => name.startsWith('settings.damaged-')) ?? '';
  expect(await readFile(path.join(start.dataDir, kept), 'utf8')).toBe('{ "ui": ');
  await expect(told).toContainText(kept);
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toBeHidden();
  await product.end();
});

test('a data folder that a server uses is left alone', async ({ start }) => {
  test.skip(errorBoxWaits, 'a real error box waits for a click');
  const { child } = await startServer(start);
  const { code, said } = await runToEnd(start, ['--port=0']);
  expect(code).toBe(69);
  expect(said).toContain(`pid ${child.pid}`);
  await end(child);
});
