import type { Bodies } from '../../../../shared/capture.ts';
import type { Exchange } from '../../../../shared/exchange.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { call } from '../../../lib/backend.ts';
import { attempt, complain, say } from '../../../lib/toasts.ts';

/** What was sent, as far as it is known whole; null with the reason told. */
export async function requestOf({ id }: Exchange): Promise<Record<string, unknown> | null> {
  const bodies: Bodies | null = await attempt(call('exchanges.bodies', { id }));
  if (bodies === null) return null;
  const { captured } = bodies;
  if (captured === null) complain(i18n.t('logs.replay.notKept'));
  else if (captured.request.cut) complain(i18n.t('logs.replay.cut'));
  else {
    const body: unknown = JSON.parse(captured.request.body);
    if (typeof body === 'object' && body !== null) return { ...body };
    complain(i18n.t('logs.replay.notKept'));
  }
  return null;
}

/**
 * Sends a request again through the gateway's own address, and shows the new row, which is marked as a replay. What was taken
 * out of it as a secret is not in it.
 * @param model another model, to compare the answers
 */
export async function replay(exchange: Exchange, open: (id: string) => void, model?: string): Promise<void> {
  const body = await requestOf(exchange);
  if (body === null) return;
  const started = await attempt(
    call('trial.start', {
      id: `replay-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`,
      dialect: exchange.dialect,
      body: { ...body, ...(model !== undefined && { model }) },
      origin: 'replay',
      replayOf: exchange.id,
    }),
  );
  if (started === null) return;
  if (started.exchangeId === null) {
    complain(i18n.t('logs.replay.refused'));
    return;
  }
  say(i18n.t('logs.replay.sent'));
  open(started.exchangeId);
}
