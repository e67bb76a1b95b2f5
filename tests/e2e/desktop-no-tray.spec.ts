/** A Linux desktop that shows no tray, such as GNOME as it comes: what is hidden there could not be found again. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { canSeeTray, needsVisibleTray, notificationsOf, trayIds } from './harness/tray.ts';
import { closeWindow, exitCode, isVisible } from './harness/window.ts';

test.skip(({ shell }) => shell !== 'desktop', 'headless mode has no tray');
test.skip(process.platform !== 'linux', 'elsewhere there always is a tray');

/** Stands for the session's bus, which says that nobody draws icons. */
const gdbus = '#!/bin/sh\necho "(false,)"\n';

test.use({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright wants one, and it needs none
  environment: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'traygate-e2e-bus-'));
    await writeFile(path.join(folder, 'gdbus'), gdbus);
    await chmod(path.join(folder, 'gdbus'), 0o755);
    await use({
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      XDG_CURRENT_DESKTOP: 'ubuntu:GNOME',
    });
    await rm(folder, { recursive: true, force: true });
  },
});

test('closing the window minimises it, and that is said once; quit is in its menu', async ({ product }) => {
  const isMinimised = () =>
    product.app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized());
  await expect.poll(() => isVisible(product)).toBe(true);
  await closeWindow(product);
  await closeWindow(product);
  expect(product.app?.windows()).toHaveLength(1);
  if (await canSeeTray(product)) {
    // A screen without a window manager, as tests of Electron have it, knows no minimised windows.
    await expect.poll(isMinimised).toBe(true);
    expect(await trayIds(product)).toEqual([]);
    expect((await notificationsOf(product)).map(({ title }) => title)).toEqual(['Traygate keeps running']);
  } else test.info().annotations.push({ type: 'partly', description: needsVisibleTray });
  const code = exitCode(product);
  await product.app?.evaluate(({ app, Menu }) => {
    const quit = Menu.getApplicationMenu()
      ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
      .at(-1);
    // A role acts by itself on Electron, where it cannot be clicked by a program.
    if (quit?.role === 'quit') app.quit();
  });
  expect(await code).toBe(0);
});
