import { Toast } from '@base-ui/react/toast';
import { i18n } from '../i18n/i18n.ts';
import { CallError } from './backend.ts';

export interface ToastData {
  readonly tone: 'success' | 'danger' | 'neutral';
}

export const toasts = Toast.createToastManager<ToastData>();

const undoMs = 10_000;

export function say(title: string): void {
  // The same message again renews the one that is shown instead of stacking up.
  toasts.add({ id: title, title, data: { tone: 'success' } });
}

/** Stays until it is dismissed, and interrupts a screen reader: the user has just asked for what failed. */
export function complain(title: string, description?: string): void {
  toasts.add({
    title,
    ...(description === undefined ? {} : { description }),
    data: { tone: 'danger' },
    timeout: 0,
    priority: 'high',
  });
}

export function offerUndo(title: string, undo: () => void): void {
  const id = toasts.add({
    title,
    data: { tone: 'neutral' },
    timeout: undoMs,
    actionProps: {
      children: i18n.t('common.undo'),
      onClick: () => {
        toasts.close(id);
        undo();
      },
    },
  });
}

/** Waits for something the user asked for. A failure is told in a toast, and the answer is then null. */
export async function attempt<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.reason !== undefined) complain(i18n.t(`refusals.${error.reason}`));
    else if (error.code !== 'signed_out') {
      complain(i18n.t(`calls.${error.code}`), error.code === 'unreachable' ? undefined : error.message);
    }
    return null;
  }
}
