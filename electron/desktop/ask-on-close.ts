import { dialog } from 'electron';
import type { CloseChoice } from './first-close.ts';
import type { Texts } from './texts.ts';

/** Asks what the close button is to do. Whoever closes the question itself has not chosen to quit. */
export async function askOnClose(texts: Texts): Promise<CloseChoice> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: texts.closeTitle,
    detail: texts.closeBody,
    buttons: [texts.keepRunning, texts.quit],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1 ? 'quit' : 'hide';
}
