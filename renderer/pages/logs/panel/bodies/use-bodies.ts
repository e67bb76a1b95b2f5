import { useQuery } from '@tanstack/react-query';
import type { Exchange } from '../../../../../shared/exchange.ts';
import { call } from '../../../../lib/backend.ts';

const whileRunningMs = 1_000;

/** What was asked and answered, read anew while it is being answered. */
export function useBodies({ id, outcome }: Exchange) {
  const active = outcome === 'active';
  return useQuery({
    queryKey: ['bodies', id, active],
    queryFn: () => call('exchanges.bodies', { id }),
    refetchInterval: active ? whileRunningMs : false,
    // Not held on to: what the gateway forgets is forgotten here, too.
    staleTime: 0,
    gcTime: 0,
  });
}
