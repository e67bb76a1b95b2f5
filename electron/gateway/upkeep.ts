import type { DatabaseSync } from 'node:sqlite';
import type { Logger } from 'pino';
import type { Recovered } from '../../shared/state.ts';
import { Backups } from './backup/backups.ts';
import { Recoveries } from './backup/recoveries.ts';
import { reloadPools } from './backup/reload-pools.ts';
import { Transfer } from './backup/transfer.ts';
import type { TokenKeeper } from './control/tokens.ts';
import { createBodyStore } from './exchange/capture/body-store.ts';
import { Captures } from './exchange/capture/captures.ts';
import { createHistory, type History } from './exchange/history.ts';
import type { Source } from './exchange/answer.ts';
import { Figures } from './figures/figures.ts';
import type { TokenStore } from './pool/token-store.ts';
import type { Settings } from './settings/settings.ts';
import type { Dispatch, EventHub, Shell } from './shell.ts';
import type { Sources } from './sources.ts';
import { makeDurable } from './storage/database.ts';
import { takeTightened } from './storage/private-files.ts';
import type { Sealer } from './storage/sealer.ts';

export interface UpkeepOptions {
  readonly shell: Pick<Shell, 'dataDir' | 'version' | 'settings'>;
  readonly database: DatabaseSync;
  readonly sealer: Sealer;
  /** What became of a damaged database at this start. */
  readonly recovered: Recovered | null;
  readonly settings: Settings;
  readonly store: TokenStore;
  readonly sources: Sources;
  readonly tokens: TokenKeeper;
  readonly memory: ConstructorParameters<typeof Recoveries>[0];
  readonly hub: EventHub;
  readonly checkAddress: (baseUrl: string) => Promise<void>;
  readonly refreshModels: (source: Source) => void;
  /** The tokens of these providers are others now. */
  readonly tokensChanged: () => void;
  readonly log: Logger;
}

const pruneMs = 60_000;

/** Looks after what is saved: backups, exports, what had to be recovered, the size of the history. */
export class Upkeep {
  readonly history: History;
  readonly captures: Captures;
  readonly figures: Figures;
  readonly backups: Backups;
  readonly transfer: Transfer;
  readonly recoveries: Recoveries;
  readonly #options: UpkeepOptions;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: UpkeepOptions) {
    const { shell, database, settings, store, sources, checkAddress, log } = options;
    this.#options = options;
    this.figures = new Figures({
      database,
      sources: () => sources.list().filter(({ provider }) => sources.isEnabled(provider.id)),
      exchange: (id) => this.history.get(id),
      clock: Date.now,
      log,
    });
    const limits = () => ({
      rows: settings.get('logs.keep'),
      days: settings.get('logs.keepDays'),
      megabytes: settings.get('logs.keepMegabytes'),
    });
    this.history = createHistory(database, limits, this.figures.add);
    this.figures.follow(options.hub);
    const megabytes = () => settings.get('logs.bodyMegabytes');
    this.captures = new Captures({
      mode: () => settings.get('logs.bodies'),
      kilobytes: () => settings.get('logs.bodyKilobytes'),
      megabytes,
      redact: () => settings.get('logs.redact'),
      store: createBodyStore(database, options.sealer, megabytes),
      unsaved: (error) => log.warn({ err: error }, 'what was asked and answered could not be saved'),
    });
    this.recoveries = new Recoveries(options.memory, log, [shell.settings.recovered, options.recovered]);
    const open = takeTightened();
    if (open.length > 0) log.warn({ files: open }, 'other users could read these files until now');
    const replaced = () => this.#replaced();
    this.backups = new Backups({ dataDir: shell.dataDir, version: shell.version, database, settings, replaced, log });
    this.transfer = new Transfer({
      dataDir: shell.dataDir,
      version: shell.version,
      settings,
      store,
      keepers: () => [...sources.keeping().keys()],
      checkAddress,
      safety: () => void this.backups.make('safety'),
      replaced,
    });
  }

  start(): void {
    this.backups.arm();
    this.#timer ??= setInterval(() => this.#prune(), pruneMs).unref();
  }

  /** Time has passed unseen: what was due meanwhile is done. */
  rearm(): void {
    this.backups.automatic();
    this.#prune();
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.captures.close();
    this.backups.close();
  }

  /** What a window has been told was saved must survive a power cut, too. */
  durable(dispatch: Dispatch): Dispatch {
    const { database } = this.#options;
    const changes = database.prepare('SELECT total_changes() AS n');
    return async (name, input) => {
      const before = changes.get()?.['n'];
      const answer = await dispatch(name, input);
      if (database.isOpen && changes.get()?.['n'] !== before) makeDurable(database);
      return answer;
    };
  }

  /** Tokens and settings have been replaced as a whole. */
  #replaced(): void {
    const { sources, store, tokens, refreshModels, tokensChanged } = this.#options;
    for (const source of sources.sync()) refreshModels(source);
    reloadPools(sources.keeping(), store, tokens);
    tokensChanged();
  }

  /** Rows grow old also while nobody asks anything. */
  #prune(): void {
    try {
      this.history.prune();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'old exchanges could not be removed');
    }
  }
}
