import { app, dialog } from 'electron';
import { StartError } from '../gateway/shell.ts';
import { UsageError } from './arguments.ts';
import { textsFor } from './texts.ts';

/** There is no gateway to show a window for: says why, on the screen and on the terminal, and ends. */
export function failStart(error: unknown): void {
  const expected = error instanceof StartError || error instanceof UsageError;
  const message = error instanceof Error ? error.message : String(error);
  console.error(expected ? message : error);
  // A wrong command line is the business of whoever typed it; a box would stop a script.
  if (!(error instanceof UsageError) && app.isReady()) {
    dialog.showErrorBox(textsFor('system', app.getPreferredSystemLanguages()).cannotOpen, message);
  }
  if (error instanceof StartError) app.exit(error.exitCode);
  else app.exit(error instanceof UsageError ? 64 : 70);
}
