import path from 'node:path';
import { app, Notification } from 'electron';
import { type Arguments, readArguments } from './desktop/arguments.ts';
import { failStart } from './desktop/fail.ts';
import { setupIdentity } from './desktop/identity.ts';
import { serveIpc } from './desktop/ipc.ts';
import { restartAfterFault } from './desktop/last-resort.ts';
import { setupMenu } from './desktop/menu.ts';
import { openTray } from './desktop/open-tray.ts';
import { setupQuit } from './desktop/quit.ts';
import { registerScheme, servePages } from './desktop/scheme.ts';
import { guardContents, setupPermissions } from './desktop/security.ts';
import { desktopShell } from './desktop/shell.ts';
import { isOnlyInstance, onSecondInstance } from './desktop/single-instance.ts';
import { openWindowStore } from './desktop/store.ts';
import { textsFor } from './desktop/texts.ts';
import { followTheme } from './desktop/theme.ts';
import { hasTrayHost } from './desktop/tray-host.ts';
import { type MainWindow, setupWindow } from './desktop/window.ts';
import { createGateway } from './gateway/gateway.ts';
import { type Gateway, StartError } from './gateway/shell.ts';
import { surviveFileLimit } from './gateway/storage/file-limit.ts';
import { limitYoungHeap } from './gateway/young-heap.ts';

const built = path.join(import.meta.dirname, '..');

function main(): void {
  const args = readArguments(process.argv.slice(1));
  limitYoungHeap();
  surviveFileLimit();
  setupIdentity(args);
  if (!isOnlyInstance(args.hidden)) {
    app.quit();
    return;
  }
  app.enableSandbox();
  registerScheme();
  // Not a top-level await: Electron becomes ready only after this module has run to its end.
  const opened = app.whenReady().then(() => open(args));
  opened.catch(failStart);
  onSecondInstance(() => void opened.then((window) => window.show()));
}

async function open(args: Arguments): Promise<MainWindow> {
  const gateway = await createGateway(await desktopShell(args, path.join(built, 'docs')));
  restartAfterFault(gateway);
  const listening = listen(gateway);
  const texts = () => textsFor(gateway.state().language, app.getPreferredSystemLanguages());
  const hasTray = await hasTrayHost(process.env, process.platform);

  setupMenu(texts(), hasTray);
  setupPermissions();
  guardContents(() => gateway.state().baseUrl);
  await servePages(path.join(built, 'renderer'));
  serveIpc(gateway);
  followTheme(gateway);
  const quit = setupQuit(gateway, texts);
  const window = setupWindow({
    preload: path.join(import.meta.dirname, 'preload.cjs'),
    store: openWindowStore(app.getPath('userData')),
    navigate: (to) => gateway.hub.emit('navigate', { to }),
    isQuitting: quit.underway,
    hasTray,
    onKeptWithoutTray: () => new Notification({ title: texts().noTrayTitle, body: texts().noTrayBody }).show(),
  });
  if (hasTray) openTray(gateway, window, texts);
  if (!args.hidden || !hasTray) window.show();
  // It asks what to do, which is no use behind a tray.
  void listening.then((listens) => !listens && window.show());
  return window;
}

/** Whether it listens. Nothing else waits for it: whatever becomes of it, the state says so in tray and window. */
async function listen(gateway: Gateway): Promise<boolean> {
  try {
    await gateway.start();
    return true;
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    return false;
  }
}

try {
  main();
} catch (error) {
  failStart(error);
}
