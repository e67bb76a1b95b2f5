import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { Answer } from '../../shared/contract.ts';
import type { Gateway } from '../gateway/shell.ts';
import { isOurs } from './scheme.ts';
import { throttle } from './throttle.ts';

/** More than any person can bring a window to ask; a page that asks without end must not take the time of answers. */
const callsPerSecond = 200;
const callsAtOnce = 1_000;

/** Only the top frame of our own page may call; a frame that has gone or navigated away meanwhile has no voice. */
const isTrusted = ({ senderFrame }: IpcMainInvokeEvent): boolean =>
  senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);

const tooMany: Answer<never> = {
  ok: false,
  error: { code: 'failed', message: 'The window asks too much at once. Wait a moment.' },
};

/** The contract over Electron IPC: one channel in, one channel out. What may be called is the dispatcher's business. */
export function serveIpc({ dispatch, hub }: Pick<Gateway, 'dispatch' | 'hub'>): void {
  const passes = throttle(callsPerSecond, callsAtOnce);
  ipcMain.handle('call', (event, name: unknown, input: unknown) => {
    if (!isTrusted(event)) throw new Error('Refused: the call does not come from our page');
    if (!passes()) return tooMany;
    // Whatever else can be sent as a name has no text of its own.
    return dispatch(typeof name === 'string' ? name : '', input);
  });
  hub.subscribe((name, payload) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      if (isOurs(webContents.getURL())) webContents.send('event', name, payload);
    }
  });
}
