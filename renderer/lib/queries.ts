import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type { ModelInfo } from '../../shared/model.ts';
import type { ProviderId } from '../../shared/provider.ts';
import type { RadarState } from '../../shared/radar.ts';
import type { Token } from '../../shared/token.ts';
import { call } from './backend.ts';

/** Nothing goes stale by itself: the gateway says when something has changed. */
export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, retry: 1, refetchOnWindowFocus: false, networkMode: 'always' } },
});

/** An answer that is on its way was perhaps read before the change, so it is not waited for. */
export async function readAgain(queryKey: readonly string[]): Promise<void> {
  await queries.cancelQueries({ queryKey });
  await queries.invalidateQueries({ queryKey });
}

const tokensKey = (provider: ProviderId) => ['tokens', provider] as const;

export const tokensOf = (provider: ProviderId) =>
  queryOptions({ queryKey: tokensKey(provider), queryFn: () => call('tokens.list', { provider }) });

export const useTokens = (provider: ProviderId) => useQuery(tokensOf(provider));

export const modelsOf = (provider: ProviderId) =>
  queryOptions({ queryKey: ['models', provider], queryFn: () => call('models.list', { provider }) });

export const useModels = (provider: ProviderId) => useQuery(modelsOf(provider));

export const showModels = (provider: ProviderId, models: readonly ModelInfo[]) =>
  queries.setQueryData(modelsOf(provider).queryKey, [...models]);

export const modelsChanged = (provider: ProviderId) => readAgain(['models', provider]);

const radarKey = ['radar'] as const;

export const useRadar = () => useQuery({ queryKey: radarKey, queryFn: () => call('radar.get') });

export const radarChanged = (state: RadarState) => queries.setQueryData<RadarState>(radarKey, state);

/** The client keys; their use is counted all the time, so a list that is shown is read again now and then. */
export const useClientKeys = () =>
  useQuery({ queryKey: ['keys'], queryFn: () => call('keys.list'), staleTime: 0, refetchInterval: 10_000 });

export const keysChanged = () => readAgain(['keys']);

/** The services the user has added, as they were given; read anew whenever they are shown. */
export const useAdded = () => useQuery({ queryKey: ['added'], queryFn: () => call('providers.added'), staleTime: 0 });

export const addedChanged = () => readAgain(['added']);

export const useTotals = () => useQuery({ queryKey: ['totals'], queryFn: () => call('totals.get') });

/** For a link to an exchange that is older than the rows held here. */
export const useStoredExchange = (id: string, wanted: boolean) =>
  useQuery({ queryKey: ['exchange', id], queryFn: () => call('exchanges.get', { id }), enabled: wanted });

export const tokensChanged = (provider: ProviderId) => readAgain(tokensKey(provider));

/** Shows at once what a call has answered, before the event about it arrives. */
export function showTokens(provider: ProviderId, changed: readonly Token[]): void {
  const byId = new Map(changed.map((token) => [token.id, token]));
  queries.setQueryData<Token[]>(tokensKey(provider), (known) => known?.map((token) => byId.get(token.id) ?? token));
}

export function hideTokens(provider: ProviderId, ids: readonly string[]): void {
  const gone = new Set(ids);
  queries.setQueryData<Token[]>(tokensKey(provider), (known) => known?.filter((token) => !gone.has(token.id)));
}
