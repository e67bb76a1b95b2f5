import { app } from 'electron';

/** False: another Traygate owns this data folder; it has been told, and this process must leave before it touches anything. */
export function isOnlyInstance(hidden: boolean): boolean {
  return app.requestSingleInstanceLock({ hidden });
}

/** What the second process wanted travels as data: Chromium reorders its command line on the way. */
export function onSecondInstance(show: () => void): void {
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const hidden = typeof data === 'object' && data !== null && 'hidden' in data && data.hidden === true;
    if (!hidden) show();
  });
}
