import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { Gateway } from '../gateway/shell.ts';
import { isOurs } from './scheme.ts';

/** Only the top frame of our own page may call; a frame that has gone or navigated away meanwhile has no voice. */
const isTrusted = ({ senderFrame }: IpcMainInvokeEvent): boolean =>
  senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);

/** The contract over Electron IPC: one channel in, one channel out. What may be called is the dispatcher's business. */
export function serveIpc({ dispatch, hub }: Pick<Gateway, 'dispatch' | 'hub'>): void {
  ipcMain.handle('call', (event, name: unknown, input: unknown) => {
    if (!isTrusted(event)) throw new Error('Refused: the call does not come from our page');
    return dispatch(String(name), input);
  });
  hub.subscribe((name, payload) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      if (isOurs(webContents.getURL())) webContents.send('event', name, payload);
    }
  });
}
