import { useQueries } from '@tanstack/react-query';
import type { ModelInfo } from '../../shared/model.ts';
import { useGateway } from './gateway-state.ts';
import { isHealthy } from './providers.ts';
import { modelsOf } from './queries.ts';

/** The models of the providers that are switched on, in the order that decides between them. */
export function useOffered(): readonly ModelInfo[] {
  const on = useGateway().providers.filter(({ enabled }) => enabled);
  return useQueries({
    queries: on.map(({ id }) => modelsOf(id)),
    combine: (all) => all.flatMap(({ data }) => data ?? []),
  });
}

/** One that will answer right now; the built-in echo always does. */
export function useReadyModel(): string {
  const ready = useGateway().providers.find((provider) => provider.id !== 'local' && isHealthy(provider));
  return ready?.exampleModel ?? 'local/echo';
}
