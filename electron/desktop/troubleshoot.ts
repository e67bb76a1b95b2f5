import path from 'node:path';
import { clipboard, dialog, shell } from 'electron';
import type { Gateway } from '../gateway/shell.ts';
import type { Ask } from './asking.ts';
import type { Texts } from './texts.ts';

export interface Troubleshoot {
  readonly selfTest: () => Promise<void>;
  readonly copyReport: () => Promise<void>;
  readonly openLogs: () => Promise<void>;
}

/** What helps when the window does not: it is all asked from the tray, and answered in boxes of the system. */
export function troubleshoot(
  { state }: Pick<Gateway, 'state'>,
  ask: Ask,
  texts: () => Texts,
  folder: string,
): Troubleshoot {
  const tell = async (type: 'info' | 'error', message: string, detail: string): Promise<void> => {
    await dialog.showMessageBox({ type, message, detail });
  };
  return {
    async selfTest() {
      const { status, baseUrl, error } = state();
      const answer = status === 'running' ? await ask('test.send', { model: 'local/echo', prompt: 'ping' }) : null;
      if (answer?.ok) await tell('info', texts().selfTestPassed, baseUrl);
      else await tell('error', texts().selfTestFailed, answer?.message ?? error?.message ?? texts().status[status]);
    },
    async copyReport() {
      const report = await ask('support.preview', null);
      if (report === null) return;
      await clipboard.writeText(report.text);
      await tell('info', texts().reportCopied, report.name);
    },
    async openLogs() {
      const problem = await shell.openPath(path.join(folder, 'logs'));
      if (problem !== '') console.error(`The log folder could not be opened: ${problem}`);
    },
  };
}
