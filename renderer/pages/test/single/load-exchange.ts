import { i18n } from '../../../i18n/i18n.ts';
import { call } from '../../../lib/backend.ts';
import { attempt, complain } from '../../../lib/toasts.ts';
import { changeForm, parseRaw } from './form.ts';

/** Puts the captured request of an exchange into the form, to be edited and sent again. */
export async function loadExchange(id: string): Promise<void> {
  const read = await attempt(Promise.all([call('exchanges.get', { id }), call('exchanges.bodies', { id })]));
  if (read === null) return;
  const [row, { captured }] = read;
  const body = captured && parseRaw(captured.request.body);
  if (!row || !captured || body === null) {
    complain(i18n.t('test.notCaptured'));
    return;
  }
  changeForm({
    dialect: row.dialect,
    provider: '',
    token: '',
    raw: JSON.stringify(body, null, 2),
    replayOf: id,
  });
  if (captured.request.cut) complain(i18n.t('test.capturedCut'));
}
