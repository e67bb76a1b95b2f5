import type { ProviderId } from '../../../shared/provider.ts';
import type { Pool } from '../pool/pool.ts';
import type { TokenStore } from '../pool/token-store.ts';

interface Loader {
  load(providers: Iterable<ProviderId>): void;
}

/**
 * Makes the pools what is saved now. A token that stays remains the same object, because answers that run on it will report to
 * it; those that come from the environment or a file stay as they are.
 */
export function reloadPools(
  keeping: ReadonlyMap<ProviderId, { readonly pool: Pool }>,
  store: TokenStore,
  loader: Loader,
): void {
  const saved = new Map(store.load().map((token) => [token.id, token]));
  for (const { pool } of keeping.values()) {
    for (const token of pool.tokens()) {
      if (token.origin !== null) continue;
      const now = saved.get(token.id);
      if (now?.hash !== token.hash) pool.remove(token.id);
      else Object.assign(token, now);
    }
    pool.refresh();
  }
  loader.load(keeping.keys());
}
