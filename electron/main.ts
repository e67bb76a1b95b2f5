import path from 'node:path';
import { app, Notification, systemPreferences } from 'electron';
import { type Arguments, readArguments } from './desktop/arguments.ts';
import { asking } from './desktop/asking.ts';
import { linkAmong } from './desktop/deep-links.ts';
import { keepAutostart } from './desktop/login/keep-autostart.ts';
import { startedAtLogin } from './desktop/login/open-autostart.ts';
import { openNotices } from './desktop/notices/open-notices.ts';
import { askOnClose } from './desktop/ask-on-close.ts';
import { closeButton } from './desktop/first-close.ts';
import { failStart } from './desktop/fail.ts';
import { setupIdentity } from './desktop/identity.ts';
import { serveIpc } from './desktop/ipc.ts';
import { restartAfterFault } from './desktop/last-resort.ts';
import { Links } from './desktop/open-links.ts';
import { setupMenu } from './desktop/menu.ts';
import { followPreferences } from './desktop/preferences.ts';
import { setupQuit } from './desktop/quit.ts';
import { registerScheme, servePages } from './desktop/scheme.ts';
import { guardContents, setupPermissions } from './desktop/security.ts';
import { desktopShell } from './desktop/shell.ts';
import { isOnlyInstance, onSecondInstance } from './desktop/single-instance.ts';
import { openWindowStore } from './desktop/store.ts';
import { withPresence } from './desktop/presence.ts';
import { textsFor } from './desktop/texts.ts';
import { openTrayAndUpdates } from './desktop/tray-and-updates.ts';
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
  const link = linkAmong(process.argv);
  if (!isOnlyInstance({ hidden: args.hidden, link })) {
    app.quit();
    return;
  }
  const links = new Links();
  links.listen();
  if (link !== null) links.open(link);
  app.enableSandbox();
  registerScheme();
  // Not a top-level await: Electron becomes ready only after this module has run to its end.
  const opened = app.whenReady().then(() => open(args, links));
  opened.catch(failStart);
  onSecondInstance((wanted) => void opened.then((window) => (wanted === null ? window.show() : links.open(wanted))));
}

async function open(args: Arguments, links: Links): Promise<MainWindow> {
  const shell = await desktopShell(args, path.join(built, 'docs'), links);
  const gateway = await createGateway(shell);
  restartAfterFault(gateway);
  const listening = listen(gateway);
  const texts = () => textsFor(gateway.state().language, app.getPreferredSystemLanguages());
  const hasTray = await hasTrayHost(process.env, process.platform);
  const ask = asking(gateway);
  const prefer = await followPreferences(gateway, ask);

  setupMenu(texts(), hasTray);
  setupPermissions();
  guardContents(() => gateway.state().baseUrl);
  await servePages(path.join(built, 'renderer'));
  serveIpc({
    hub: gateway.hub,
    dispatch: withPresence(
      gateway.dispatch,
      process.platform === 'darwin' ? systemPreferences : null,
      () => texts().presence,
    ),
  });
  followTheme(gateway);
  const quit = setupQuit(gateway, texts);
  const tell = (title: string, body: string) => new Notification({ title, body }).show();
  const store = openWindowStore(app.getPath('userData'));
  const window = setupWindow({
    preload: path.join(import.meta.dirname, 'preload.cjs'),
    store,
    navigate: (to) => gateway.hub.emit('navigate', { to }),
    isQuitting: quit.underway,
    hasTray,
    onKeptWithoutTray: () => tell(texts().noTrayTitle, texts().noTrayBody),
    closing: closeButton({
      store,
      wanted: () => prefer()['desktop.closeButton'],
      ask: () => (hasTray ? askOnClose(texts()) : Promise.resolve('hide')),
      save: (choice) => void ask('settings.set', { path: 'desktop.closeButton', value: choice }),
    }),
    mayRest: () => prefer()['desktop.lightweight'],
    onCrash: (word) => word === 'given-up' && tell(texts().crashTitle, texts().crashBody),
  });
  const notice = openNotices({ gateway, ask, prefer, window, texts, store });
  openTrayAndUpdates({ gateway, ask, prefer, window, texts, notice, hasTray });
  keepAutostart({ args, ask, prefer });
  if ((!args.hidden && !startedAtLogin()) || !hasTray) window.show();
  // A tray application without a window has no place in the dock.
  else app.dock?.hide();
  links.serve(window, () => gateway.hub.emit('link', null));
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
