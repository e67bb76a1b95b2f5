import { useState } from 'react';
import type { Exchange } from '../../../shared/exchange.ts';
import { useExchanges } from '../../lib/exchange-feed.ts';

/** The live rows, or those of the moment at which the list was paused. */
export function usePausable() {
  const live = useExchanges();
  const [frozen, setFrozen] = useState<readonly Exchange[] | null>(null);
  const newestShown = frozen?.[0]?.receivedAt ?? 0;
  return {
    rows: frozen ?? live,
    paused: frozen !== null,
    missed: frozen === null ? 0 : live.filter(({ receivedAt }) => receivedAt > newestShown).length,
    setPaused: (paused: boolean) => setFrozen(paused ? live : null),
  };
}
