// What the operating system would tell; here it stays as it is unless a test emits something.
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { strict } from './unsupported.ts';

const emitting = <T extends object>(name: string, members: T) =>
  strict(name, Object.assign(new EventEmitter(), members));

export const nativeTheme = emitting('nativeTheme', {
  themeSource: 'system' as 'system' | 'light' | 'dark',
  shouldUseDarkColors: false,
  shouldUseHighContrastColors: false,
});

export const powerMonitor = emitting('powerMonitor', {
  getSystemIdleTime: () => 0,
  getSystemIdleState: () => 'active' as const,
  isOnBatteryPower: () => false,
  onBatteryPower: false,
});

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start: () => 1,
  stop: () => true,
  isStarted: () => false,
});

export const globalShortcut = strict('globalShortcut', {
  register: () => true,
  unregister: () => {},
  unregisterAll: () => {},
  isRegistered: () => false,
});

const display = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  workAreaSize: { width: 1920, height: 1040 },
  size: { width: 1920, height: 1080 },
  scaleFactor: 1,
};
export const screen = emitting('screen', {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayNearestPoint: () => display,
  getDisplayMatching: () => display,
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
});

export const systemPreferences = emitting('systemPreferences', {});

export const autoUpdater = emitting('autoUpdater', {
  setFeedURL: () => {},
  getFeedURL: () => '',
  checkForUpdates: () => {},
  quitAndInstall: () => app.quit(),
});

export const crashReporter = strict('crashReporter', { start: () => {} });
