import type { ClientChoice, ClientId, ClientsOverview, HostForm } from '../../../shared/clients.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { isHealthy } from '../../lib/providers.ts';
import { createStore, useStore } from '../../lib/store.ts';

interface Chosen {
  readonly host: HostForm;
  readonly key: string | null;
  /** Null: the first one that can answer now. */
  readonly model: string | null;
}

/** What the values are made of; stays while the window is open. */
const chosen = createStore<Chosen>({ host: '127.0.0.1', key: null, model: null });

export const choose = (change: Partial<Chosen>): void => chosen.set({ ...chosen.get(), ...change });

export const useChosen = (): Chosen => useStore(chosen);

/** A model that answers now; the built-in echo always does. */
export function useModel({ models }: Pick<ClientsOverview, 'models'>): string {
  const { model } = useChosen();
  const ready = useGateway().providers.find((provider) => provider.id !== 'local' && isHealthy(provider));
  if (model !== null && models.includes(model)) return model;
  return ready?.exampleModel ?? models[0] ?? 'local/echo';
}

export function useChoice(client: ClientId, overview: ClientsOverview): ClientChoice {
  const { host, key } = useChosen();
  return { client, host, key, model: useModel(overview) };
}
