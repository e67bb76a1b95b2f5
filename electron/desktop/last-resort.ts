import { app } from 'electron';
import { setupLastResort } from '../gateway/last-resort.ts';
import type { Gateway } from '../gateway/shell.ts';
import { failStart } from './fail.ts';

/** A fault so soon after the start would come again at once. */
const settledSeconds = 60;

/** Nobody looks after a desktop application, so it starts a new one in its place. */
export function restartAfterFault(gateway: Pick<Gateway, 'failed' | 'complain'>): void {
  setupLastResort(gateway, (error) => {
    if (process.uptime() < settledSeconds) {
      failStart(error);
      return;
    }
    const image = process.env['APPIMAGE'];
    const args = [...process.argv.slice(1).filter((argument) => argument !== '--hidden'), '--hidden'];
    app.relaunch({ args, ...(image !== undefined && { execPath: image }) });
    app.exit(70);
  });
}
