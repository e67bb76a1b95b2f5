import { useClientActivity, useClients } from '../../../lib/clients.ts';
import { useExchanges } from '../../../lib/exchange-feed.ts';
import { useGateway } from '../../../lib/gateway-state.ts';

export const steps = ['token', 'client', 'request', 'model'] as const;
export type StepName = (typeof steps)[number];

/** What has been done is read from what there is, so that it holds after a restart and wherever it was done. */
export function useSteps(used: boolean): Readonly<Record<StepName, boolean>> {
  const { providers } = useGateway();
  const { data: activity } = useClientActivity();
  const { data: overview } = useClients();
  const tested = useExchanges().some(({ purpose }) => purpose === 'test');
  return {
    token: providers.some(({ builtIn, needsToken, total }) => total > 0 || (!builtIn && !needsToken)),
    client:
      (activity?.calls.some(({ ok }) => ok) ?? false) ||
      (overview?.clients.some(({ applied }) => applied === 'applied') ?? false),
    request: used,
    model: tested,
  };
}
