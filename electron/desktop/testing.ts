import type { GatewayState, ProviderState } from '../../shared/state.ts';

export const zai: ProviderState = {
  id: 'zai',
  name: 'Z.AI',
  builtIn: true,
  needsToken: true,
  enabled: true,
  state: 'ok',
  usable: 5,
  total: 6,
  until: null,
  hasGuests: true,
  guestMode: true,
  guests: 0,
  modelCount: 0,
  exampleModel: null,
  base: null,
  problem: null,
};

/** A state for tests to vary. */
export const runningState: GatewayState = {
  status: 'running',
  error: null,
  shell: 'desktop',
  version: '0.1.0',
  pid: 1,
  host: '127.0.0.1',
  port: 8080,
  baseUrl: 'http://127.0.0.1:8080',
  addresses: ['127.0.0.1', '::1'],
  startedAt: 0,
  inFlight: 0,
  keyEnding: '3f9a',
  keyRequired: true,
  dialects: ['openai-chat', 'anthropic-messages'],
  secretStorage: 'keychain',
  providers: [
    zai,
    { ...zai, id: 'local', name: 'Local', needsToken: false, hasGuests: false, usable: 0, total: 0, guestMode: false },
  ],
  locked: {},
  language: 'en',
  theme: 'system',
  recovered: [],
};
