import type { ProviderId } from '../../shared/provider.ts';
import type { Source } from './exchange/answer.ts';
import { GuestPool } from './pool/guests.ts';
import { Pool } from './pool/pool.ts';
import type { StoredToken, TokenStore } from './pool/token-store.ts';
import type { Provider } from './providers/provider.ts';
import type { Settings } from './settings/settings.ts';

const saveDelayMs = 500;

/** A pool for each provider that needs credentials, with health and counters saved half a second after they change. */
export function createPools(
  providers: readonly Provider[],
  settings: Settings,
  store: TokenStore,
  changed: (provider: ProviderId) => void,
  /** Health and counters could not be saved; they are tried again with the next change. */
  unsaved: (error: unknown) => void,
) {
  const dirty = new Set<StoredToken>();
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const providersTold = new Set([...dirty].map(({ provider }) => provider));
    try {
      for (const token of dirty) {
        if (token.origin === null) store.update(token);
        dirty.delete(token);
      }
    } catch (error) {
      unsaved(error);
    }
    for (const provider of providersTold) changed(provider);
  };
  const guests: GuestPool[] = [];
  const sources = providers.map((provider): Source => {
    if (!provider.needsCredential) return { provider, pool: null };
    const guestPool = provider.guests
      ? new GuestPool(provider.guests, {
          size: () => settings.get('providers.zai.guestPoolSize'),
          clock: Date.now,
          random: Math.random,
        })
      : null;
    if (guestPool) guests.push(guestPool);
    const pool = new Pool({
      provider: provider.id,
      clock: Date.now,
      policy: () => ({
        failureThreshold: settings.get('pool.failureThreshold'),
        recoveryMs: settings.get('pool.recoverySeconds') * 1_000,
      }),
      guests: guestPool,
      guestMode: () => settings.get('providers.zai.guestMode'),
      changed: (token) => {
        dirty.add(token);
        timer ??= setTimeout(flush, saveDelayMs).unref();
      },
    });
    return { provider, pool };
  });
  return {
    sources,
    flush,
    close: async () => {
      flush();
      await Promise.all(guests.map((guestPool) => guestPool.close()));
    },
  };
}
