import { i18n } from '../../../i18n/i18n.ts';
import { call } from '../../../lib/backend.ts';
import { copyText } from '../../../lib/clipboard.ts';
import { attempt, complain, say } from '../../../lib/toasts.ts';

/** Copies the value of a key that is kept, without it being shown. */
export async function copyKeyOf(id: string): Promise<boolean> {
  const answer = await attempt(call('keys.copy', { id }));
  if (answer === null) return false;
  const copied = answer.copied || (answer.value !== null && (await copyText(answer.value)));
  if (copied) say(i18n.t('clientKeys.copied'));
  else complain(i18n.t('copy.failed'));
  return copied;
}
