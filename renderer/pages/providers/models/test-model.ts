import type { Output } from '../../../../shared/contract.ts';
import type { ModelInfo } from '../../../../shared/model.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { call } from '../../../lib/backend.ts';
import { type ErrorText, errorText } from '../../../lib/error-text.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { attempt, complain, say } from '../../../lib/toasts.ts';

const shown = 120;

/** By the code on the row of the request: the answer itself is in English, as for every client. */
async function reasonOf({ exchangeId }: Output<'test.send'>): Promise<ErrorText | null> {
  const row = exchangeId === '' ? null : await call('exchanges.get', { id: exchangeId }).catch(() => null);
  return row?.failure
    ? errorText(row.failure.code, row.provider === null ? undefined : providerName(row.provider))
    : null;
}

/** One real request for this model at this provider, as a client would send it. */
export async function testModel({ id, provider }: ModelInfo): Promise<void> {
  const model = `${provider}/${id}`;
  const result = await attempt(call('test.send', { model, prompt: i18n.t('models.prompt') }));
  if (result === null) return;
  if (result.ok) {
    const text = result.text.length > shown ? `${result.text.slice(0, shown)}…` : result.text;
    say(text.trim() === '' ? i18n.t('models.sentEmpty', { model }) : i18n.t('models.sent', { model, text }));
    return;
  }
  const failed = i18n.t('models.notSent', { model });
  const known = await reasonOf(result);
  if (known === null) complain(failed, result.message ?? undefined);
  else complain(`${failed} ${known.title} ${known.hint}`);
}
