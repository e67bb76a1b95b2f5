import { useQuery } from '@tanstack/react-query';
import { type ClientActivity, type ClientChoice, type ClientId, clients, type Speaks } from '../../shared/clients.ts';
import { i18n } from '../i18n/i18n.ts';
import { call } from './backend.ts';
import { queries } from './queries.ts';

/** Files of other programs change without a word, so they are read anew whenever the page is shown. */
export const useClients = () => useQuery({ queryKey: ['clients'], queryFn: () => call('clients.list'), staleTime: 0 });

export const clientsChanged = () => queries.invalidateQueries({ queryKey: ['clients'] });

const activityKey = ['client-activity'] as const;

export const useClientActivity = () => useQuery({ queryKey: activityKey, queryFn: () => call('clients.activity') });

export const clientsCalled = (activity: ClientActivity) => queries.setQueryData<ClientActivity>(activityKey, activity);

export const useClientKeys = () =>
  useQuery({ queryKey: ['client-keys'], queryFn: () => call('clients.keys'), staleTime: 0 });

/** `epoch` changes with what the texts depend on beside the choice: address, keys. */
export const useClientSheet = (choice: ClientChoice, epoch: string) =>
  useQuery({
    queryKey: ['client-sheet', choice, epoch],
    queryFn: () => call('clients.sheet', choice),
  });

export const isClientId = (id: string | undefined): id is ClientId => id !== undefined && Object.hasOwn(clients, id);

export function clientName(id: ClientId): string {
  const { name } = clients[id];
  if (name !== null) return name;
  return i18n.t(id === 'other-anthropic' ? 'connect.names.other-anthropic' : 'connect.names.other-openai');
}

export const speaksOf = (id: ClientId): Speaks => clients[id].speaks;
