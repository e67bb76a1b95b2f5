import type { Exchange } from '../../../shared/exchange.ts';
import type { GatewayState } from '../../../shared/state.ts';
import { lanAddresses } from '../http/lan.ts';
import { isHere } from '../http/reach.ts';
import type { ClientKeys } from '../keys/client-keys.ts';
import type { Settings } from '../settings/settings.ts';
import type { EventHub, Shell } from '../shell.ts';
import type { Trials } from '../trials/trials.ts';
import type { Activity } from './activity.ts';
import type { Memory } from './applied.ts';
import { Clients } from './clients.ts';
import { FreshKeys } from './fresh-keys.ts';
import { clientHandlers } from './handlers.ts';

export interface ConnectOptions {
  readonly shell: Pick<Shell, 'kind' | 'environment' | 'dataDir' | 'copy' | 'openLink' | 'showFile'>;
  readonly settings: Settings;
  readonly keys: ClientKeys;
  readonly trials: Trials;
  readonly memory: Memory;
  readonly state: () => GatewayState;
  readonly models: () => readonly string[];
  readonly emit: EventHub['emit'];
}

/** Everything behind the page Connect. */
export class Connect {
  readonly #clients: Clients;
  readonly #options: ConnectOptions;

  constructor(options: ConnectOptions) {
    const { shell, settings, keys, memory, state, models, emit } = options;
    this.#options = options;
    const fresh = new FreshKeys(keys);
    this.#clients = new Clients({
      environment: shell.environment,
      kind: shell.kind,
      dataDir: shell.dataDir,
      memory,
      baseUrl: () => state().baseUrl,
      port: () => state().port,
      isHere: () => isHere(state().host),
      allowedHosts: () => settings.get('server.allowedHosts'),
      lan: () => lanAddresses()[0] ?? null,
      keyRequired: () => settings.get('server.keyRequired'),
      fresh,
      models,
      canShowFiles: shell.showFile !== undefined,
      clock: Date.now,
      changed: (activity) => emit('clients', activity),
    });
  }

  /** Sees who asks, before it is known whether they may. */
  get visits(): Pick<Activity, 'refused' | 'asked'> {
    return this.#clients.activity;
  }

  handlers(): ReturnType<typeof clientHandlers> {
    return clientHandlers({ ...this.#options, clients: this.#clients });
  }

  finished(exchange: Exchange): void {
    this.#clients.activity.finished(exchange);
  }

  close(): void {
    this.#clients.activity.close();
  }
}
