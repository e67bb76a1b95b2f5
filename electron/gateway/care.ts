import path from 'node:path';
import express, { type Router } from 'express';
import type { Logger } from 'pino';
import type { Exchange } from '../../shared/exchange.ts';
import type { GatewayState } from '../../shared/state.ts';
import { toolModeOf } from './chat/tools/plan.ts';
import { Connect, type ConnectOptions } from './clients/connect.ts';
import type { Jobs } from './control/jobs.ts';
import { Maintenance } from './control/maintenance.ts';
import { LastOutcomes, watched } from './control/pool-info.ts';
import type { Sessions } from './control/sessions.ts';
import { TokenFolder } from './control/token-folder.ts';
import type { TokenKeeper } from './control/tokens.ts';
import { type Hosts, hostsOf } from './doctor/services.ts';
import { needAdmin } from './http/admin.ts';
import { metricsRouter } from './http/metrics.ts';
import { tokenPoolRouter } from './http/token-pool.ts';
import { Metrics } from './metrics.ts';
import { guestPath } from './settings/providers.ts';
import { isSettingPath, type SettingPath, settingSchemas } from './settings/schema.ts';
import type { Settings } from './settings/settings.ts';
import type { EventHub } from './shell.ts';
import type { Sources } from './sources.ts';
import { Support } from './support/support.ts';
import { Runs } from './trials/runs.ts';
import { Trials } from './trials/trials.ts';

export interface CareOptions {
  readonly settings: Settings;
  readonly sources: Sources;
  readonly tokens: TokenKeeper;
  readonly jobs: Jobs;
  readonly sessions: Sessions;
  readonly memory: { get(key: string): string | undefined; set(key: string, value: string): void };
  readonly state: () => GatewayState;
  readonly exchanges: (limit: number) => readonly Exchange[];
  readonly exchange: (id: string) => Exchange | null;
  readonly clientKey: () => string | null;
  readonly shell: ConnectOptions['shell'];
  readonly keys: ConnectOptions['keys'];
  /** The names that clients may ask for. */
  readonly models: () => readonly string[];
  readonly emit: EventHub['emit'];
  /** Keys and passwords beside the tokens. */
  readonly secrets: () => readonly string[];
  /** AUTH_TOKENS_FILE. */
  readonly tokensFile: string | null;
  readonly dataDir: string;
  readonly log: Logger;
}

/** What looks after tokens and lets others look on: maintenance, the watched folder, monitoring, figures, reports and tests. */
export class Care {
  readonly maintenance: Maintenance;
  readonly support: Support;
  readonly jobs: Jobs;
  readonly trials: Trials;
  readonly runs: Runs;
  readonly connect: Connect;
  readonly #folder: TokenFolder;
  readonly #metrics: Metrics;
  readonly #last = new LastOutcomes();
  readonly #options: CareOptions;

  constructor(options: CareOptions) {
    const { settings, sources, tokens, log } = options;
    this.#options = options;
    this.jobs = options.jobs;
    const providers = () => [...sources.keeping().keys()];
    this.maintenance = new Maintenance({
      tokens,
      providers: () => providers().filter((id) => sources.isEnabled(id)),
      everyHours: () => settings.get('tokens.maintainHours'),
      pruneDays: () => settings.get('tokens.pruneDays'),
      memory: options.memory,
      clock: Date.now,
      log,
    });
    this.#folder = new TokenFolder({
      folder: () => settings.get('tokens.watch'),
      hosts: () => knownHosts(settings),
      providers: () => providers().toSorted((a, b) => b.length - a.length),
      sync: (provider, secrets, origin) => tokens.syncExternal(provider, secrets, origin),
      log,
    });
    this.#metrics = new Metrics({
      version: options.state().version,
      inFlight: () => options.state().inFlight,
      replicas: () => options.state().replicas?.connected ?? null,
      pools: () =>
        sources.list().flatMap(({ provider, pool }) =>
          pool
            ? [
                {
                  provider: provider.id,
                  tokens: tokens.list(provider.id),
                  guests: pool.guestCount,
                  waiting: pool.waiting,
                },
              ]
            : [],
        ),
    });
    const { state, clientKey, exchange, emit } = options;
    this.trials = new Trials({ state, clientKey, exchange, tell: (step) => emit('trial', step) });
    this.connect = new Connect({ ...options, trials: this.trials });
    this.runs = new Runs({
      trials: this.trials,
      memory: options.memory,
      running: () => state().status === 'running',
      models: (id) => sources.get(id)?.provider.models() ?? [],
      usualMode: (model) =>
        toolModeOf({ general: settings.get('behaviour.toolMode'), models: settings.get('behaviour.toolModes') }, model),
      exchange,
      tell: (step) => emit('run', step),
    });
    this.support = new Support({
      state: options.state,
      setting: (at) => settings.get(at),
      settingPaths: Object.keys(settingSchemas).filter(isSettingPath),
      tokens: () => providers().flatMap((id) => tokens.list(id)),
      exchanges: options.exchanges,
      logFile: path.join(options.dataDir, 'logs', 'traygate.log'),
      dataDir: options.dataDir,
      secrets: () => this.#secrets(),
    });
  }

  /** The routes for the administrator. */
  routes(): Router {
    const { settings, sources, tokens, sessions, tokensFile } = this.#options;
    const admin = needAdmin(sessions);
    const router = express.Router();
    router.use(
      tokenPoolRouter({
        admin,
        pool: (id) => {
          const pool = sources.keeping().get(id)?.pool;
          return pool ? watched(id, pool, tokens, this.#last) : null;
        },
        config: (id) => {
          const guests = guestPath(id, 'guestMode');
          return {
            anonymous_mode: guests !== null && settings.get(guests),
            failure_threshold: settings.get('pool.failureThreshold'),
            recovery_timeout: settings.get('pool.recoverySeconds'),
            health_check_interval: settings.get('tokens.maintainHours') * 3_600,
          };
        },
        tokensFile: (id) => (id === 'zai' ? tokensFile : null),
      }),
    );
    router.use(metricsRouter({ admin, metrics: this.#metrics }));
    return router;
  }

  /** An exchange has come to its end. */
  readonly finished = (exchange: Exchange): void => {
    this.#last.learn(exchange);
    this.connect.finished(exchange);
    this.#metrics.count(exchange);
  };

  start(): void {
    this.#folder.start();
    this.maintenance.arm();
  }

  stop(): void {
    this.#folder.stop();
    this.maintenance.stop();
    this.runs.stop();
  }

  changed(setting: SettingPath): void {
    if (setting === 'tokens.watch') this.#folder.start();
    if (setting === 'tokens.maintainHours') this.maintenance.arm();
  }

  /** The clock was set, or time has passed unseen. */
  rearm(): void {
    this.maintenance.arm();
  }

  close(): void {
    this.stop();
    this.#metrics.close();
    this.connect.close();
  }

  #secrets(): string[] {
    const { settings, sources, secrets } = this.#options;
    const tokens = [...sources.keeping().values()].flatMap(({ pool }) =>
      pool.tokens().flatMap(({ secret }) => secret ?? []),
    );
    // E-mail and password are a token as well, and each part of it is a secret.
    const parts = tokens.filter((token) => token.includes('@')).flatMap((token) => token.split(':'));
    const headers = settings.get('providers.added').flatMap((added) => Object.values(added.headers));
    return [...secrets(), ...tokens, ...parts, ...headers];
  }
}

/** Which addresses are whose: as the product knows them, and as the settings say. */
export function knownHosts(settings: Settings): Hosts {
  return hostsOf([
    [settings.get('providers.zai.baseUrl'), 'zai'],
    [settings.get('providers.zai-api.base'), 'zai-api'],
    [settings.get('providers.k2think.baseUrl'), 'k2think'],
    [settings.get('providers.k2think-api.baseUrl'), 'k2think-api'],
    [settings.get('providers.longcat.baseUrl'), 'longcat'],
    [settings.get('providers.longcat-api.baseUrl'), 'longcat-api'],
    ...settings.get('providers.added').map(({ baseUrl, id }) => [baseUrl, id] as const),
  ]);
}
