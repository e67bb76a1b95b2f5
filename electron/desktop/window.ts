import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { SettingsStore } from '../gateway/shell.ts';
import type { CloseChoice } from './first-close.ts';
import { lightweight } from './lightweight.ts';
import { type CrashWord, recoverFromCrashes } from './renderer-crash.ts';
import { windowOrigin } from './scheme.ts';
import { restoredBounds } from './window-bounds.ts';

export interface MainWindow {
  /** Brings the window to the front, creating it if need be; with a route, on that page. */
  show(route?: string): void;
  /** A new window, as at the first start: for one that is lost, too small or blank. */
  reset(): void;
}

export interface WindowParts {
  readonly preload: string;
  /** Holds the size and place of the last time. */
  readonly store: SettingsStore;
  /** Asks a page that is already there to go to a route. */
  readonly navigate: (route: string) => void;
  readonly isQuitting: () => boolean;
  /** Where there is no tray, a hidden window could not be found again: it is minimised instead. */
  readonly hasTray: boolean;
  /** Called the first time that happens. */
  readonly onKeptWithoutTray: () => void;
  /** Calls back with what closing is to do, at once unless it has to ask. */
  readonly closing: (act: (choice: CloseChoice) => void) => void;
  /** Whether a window that has been hidden for minutes is given up to free its memory. */
  readonly mayRest: () => boolean;
  readonly onCrash: (word: CrashWord) => void;
}

export function setupWindow(parts: WindowParts): MainWindow {
  let current: BrowserWindow | undefined;
  /** Where a window that was given up had been. */
  let last = '/';

  const open = (route: string): BrowserWindow => {
    const window = createWindow(parts);
    const rest = lightweight({
      mayRest: parts.mayRest,
      rest() {
        last = new URL(window.webContents.getURL()).hash.slice(1) || '/';
        window.destroy();
      },
    });
    window.on('hide', rest.hidden);
    window.on('show', rest.shown);
    window.on('closed', () => {
      rest.shown();
      if (current === window) current = undefined;
    });
    recoverFromCrashes(window, parts.onCrash);
    void window.loadURL(`${windowOrigin}/index.html#${route}`);
    return window;
  };

  const main: MainWindow = {
    show(route) {
      if (current === undefined) {
        current = open(route ?? last);
        return;
      }
      bringToFront(current);
      if (route === undefined) return;
      const { webContents } = current;
      if (webContents.isLoading()) webContents.once('did-finish-load', () => parts.navigate(route));
      else parts.navigate(route);
    },
    reset() {
      const old = current;
      parts.store.delete('bounds');
      current = open('/');
      old?.destroy();
    },
  };
  app.on('activate', () => main.show());
  // Without a listener Electron would quit with the last window; we live in the tray.
  app.on('window-all-closed', () => {});
  return main;
}

function createWindow(parts: WindowParts): BrowserWindow {
  const { preload, store, isQuitting, hasTray, onKeptWithoutTray } = parts;
  const window = new BrowserWindow({
    ...restoredBounds(store.get('bounds'), (near) => screen.getDisplayMatching(near).workArea),
    minWidth: 360,
    minHeight: 480,
    show: false,
    title: 'Traygate',
    // The colours of the page, so that nothing flashes before it is drawn.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0F1115' : '#FFFFFF',
    webPreferences: { preload, spellcheck: false },
  });
  let explained = false;
  window.once('ready-to-show', () => bringToFront(window));
  window.on('close', (event) => {
    store.set('bounds', window.getNormalBounds());
    if (isQuitting()) return;
    event.preventDefault();
    parts.closing((choice) => {
      if (choice === 'quit') app.quit();
      else if (hasTray) putAway(window);
      else {
        window.minimize();
        if (!explained) onKeptWithoutTray();
        explained = true;
      }
    });
  });
  return window;
}

/** A tray application without a window has no place in the dock. */
function putAway(window: BrowserWindow): void {
  window.hide();
  app.dock?.hide();
}

function bringToFront(window: BrowserWindow): void {
  void app.dock?.show();
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
