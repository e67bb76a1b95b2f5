import type { ProviderId } from '../../../shared/provider.ts';
import { i18n } from '../../i18n/i18n.ts';
import { call } from '../../lib/backend.ts';
import { gatewayState } from '../../lib/gateway-state.ts';
import { providerName } from '../../lib/provider-name.ts';
import { addedChanged } from '../../lib/queries.ts';
import { attempt, offerUndo, say } from '../../lib/toasts.ts';
import { moved, toSave } from './list/order.ts';

/** The page is to show what has just been done before the event about it comes. */
export async function readState(): Promise<void> {
  const state = await attempt(call('state.get'));
  if (state !== null) gatewayState.set(state);
  void addedChanged();
}

/** Shown at once, so that the next key press starts from there. Returns its place from 1, or null where it cannot go. */
export function moveProvider(id: ProviderId, by: -1 | 1): number | null {
  const state = gatewayState.get();
  const ids = state?.providers.map((provider) => provider.id) ?? [];
  const next = moved(ids, id, by);
  if (state === null || next === null) return null;
  const byId = new Map(state.providers.map((provider) => [provider.id, provider]));
  gatewayState.set({ ...state, providers: next.flatMap((other) => byId.get(other) ?? []) });
  void attempt(call('providers.order', { ids: toSave(next) }).then(() => true)).then((done) =>
    done === null ? readState() : undefined,
  );
  return next.indexOf(id) + 1;
}

/** Removing needs no question: it can be taken back for ten seconds. */
export async function removeProvider(id: ProviderId): Promise<boolean> {
  const provider = providerName(id);
  const done = await attempt(call('provider.remove', { provider: id }).then(() => true));
  if (done === null) return false;
  await readState();
  offerUndo(i18n.t('providers.removed', { provider }), () => void restoreProvider(id, provider));
  return true;
}

async function restoreProvider(id: ProviderId, provider: string): Promise<void> {
  const done = await attempt(call('provider.restore', { provider: id }).then(() => true));
  if (done === null) return;
  await readState();
  say(i18n.t('providers.restored', { provider }));
}
