import type { ClientChoice, UndoResult } from '../../../shared/clients.ts';
import type { Input } from '../../../shared/contract.ts';
import { i18n } from '../../i18n/i18n.ts';
import { call } from '../../lib/backend.ts';
import { copyText } from '../../lib/clipboard.ts';
import { attempt, complain, say } from '../../lib/toasts.ts';

type Part = Input<'clients.copy'>['part'];

/** Puts a part of a client's page on the clipboard. On the desktop the key in it never passes through the page. */
export async function copyPart(choice: ClientChoice, part: Part, id: string | null, done: string): Promise<boolean> {
  const handed = await attempt(call('clients.copy', { ...choice, part, id }));
  if (handed === null) return false;
  const copied = handed.done || (handed.value !== null && (await copyText(handed.value)));
  if (copied) say(done);
  else complain(i18n.t('copy.failed'));
  return copied;
}

/** Opens a link of a client's own scheme; a browser asks before it follows one. */
export async function openLink(choice: ClientChoice, id: string): Promise<void> {
  const handed = await attempt(call('clients.open', { ...choice, part: 'link', id }));
  if (handed?.value == null) return;
  const link = document.createElement('a');
  link.href = handed.value;
  link.click();
}

export function sayUndone({ restored, kept }: UndoResult): void {
  const { t } = i18n;
  const keys = kept.join(', ');
  if (kept.length > 0) say(t('connect.file.undoKept', { keys }));
  else if (restored === 'whole') say(t('connect.file.undoWhole'));
  else say(t(restored === 'keys' ? 'connect.file.undoKeys' : 'connect.file.undoNothing'));
}
