import { useSyncExternalStore } from 'react';
import type { Exchange } from '../../../../shared/exchange.ts';
import { exchangeFeed } from '../../../lib/exchange-feed.ts';
import { useStoredExchange } from '../../../lib/queries.ts';

/** A row as it is held here, or read from the history where it is older. */
export function useExchange(id: string) {
  const live = useSyncExternalStore(exchangeFeed.subscribe, () => exchangeFeed.get(id));
  const { data: stored, isError, isPending, refetch } = useStoredExchange(id, live === undefined);
  const exchange: Exchange | null = live ?? stored ?? null;
  return { exchange, isError, isPending: isPending && live === undefined, refetch };
}
