import type { DatabaseSync } from 'node:sqlite';
import type { Logger } from 'pino';
import type { EventName, Events } from '../../../shared/contract.ts';
import type { Exchange } from '../../../shared/exchange.ts';
import { type Figures as FiguresReply, type FigureWindow, figureWindows } from '../../../shared/figures.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import type { Source } from '../exchange/answer.ts';
import type { EventHub } from '../shell.ts';
import { CellStore, type StoredCell } from './cell-store.ts';
import { HealthLog, stayOf } from './health-log.ts';
import { stripsOf } from './strips.ts';
import { bucketOf, modelsOf, sumOf, summaryOf } from './summary.ts';

export interface FiguresOptions {
  readonly database: DatabaseSync;
  /** Those that are switched on. */
  readonly sources: () => readonly Pick<Source, 'provider' | 'pool'>[];
  readonly exchange: (id: string) => Exchange | null;
  readonly clock: () => number;
  readonly log: Pick<Logger, 'warn'>;
}

const minuteMs = 60_000;

/** What the charts of Home show: counted as exchanges are saved, read in a few milliseconds whatever the history holds. */
export class Figures {
  readonly #options: FiguresOptions;
  readonly #cells: CellStore;
  readonly #health: HealthLog;
  #inFlight = 0;
  #peak = 0;

  constructor(options: FiguresOptions) {
    this.#options = options;
    this.#cells = new CellStore(options.database, options.clock);
    this.#health = new HealthLog(options.database);
  }

  /** Counts exchanges that have come to their end, each once, inside the transaction that saves them. */
  readonly add = (rows: readonly Exchange[]): void => {
    const ofClients = rows.filter(({ purpose }) => purpose === null);
    if (ofClients.length === 0) return;
    this.#cells.add(ofClients, this.#peak);
    this.#peak = this.#inFlight;
  };

  /** Notes the health of tokens whenever it changes, and how many requests run. */
  follow(hub: EventHub): void {
    for (const { provider } of this.#options.sources()) this.#note(provider.id);
    hub.subscribe((name, payload) => {
      const told: Events[EventName] = payload;
      if (told === null || Array.isArray(told)) return;
      if (name === 'tokens' && 'provider' in told) this.#note(told.provider);
      if (name !== 'state' || !('inFlight' in told)) return;
      this.#inFlight = told.inFlight;
      this.#peak = Math.max(this.#peak, told.inFlight);
    });
  }

  #note(id: ProviderId): void {
    const { sources, clock, log } = this.#options;
    const pool = sources().find(({ provider }) => provider.id === id)?.pool;
    if (!pool) return;
    try {
      this.#health.note(id, pool.tokens(), clock());
    } catch (error) {
      log.warn({ err: error }, 'the health of tokens could not be noted for the charts');
    }
  }

  get(window: FigureWindow): FiguresReply {
    const { clock, exchange, sources } = this.#options;
    const { bucketMs, buckets: count } = figureWindows[window];
    const now = clock();
    const until = now - (now % bucketMs) + bucketMs;
    const from = until - count * bucketMs;
    const cells = this.#cells.between(bucketMs, from, until);
    const sum = sumOf(cells);
    const { models, otherModels } = modelsOf(sum);
    const found = (ranked: readonly [number, string][]) => ranked.flatMap(([, id]) => exchange(id) ?? []);
    return {
      window,
      bucketMs,
      from,
      until,
      since: this.#cells.since,
      buckets: cells.map((cell) => bucketOf(cell, models, otherModels)),
      models,
      otherModels,
      total: summaryOf(sum),
      previous: summaryOf(sumOf(this.#cells.between(bucketMs, from - count * bucketMs, from))),
      waiting: sources().reduce((waiting, { pool }) => waiting + (pool?.waiting ?? 0), 0),
      ...this.#strips(cells, { from, until, bucketMs, now }),
      rejected: sources().flatMap(({ provider, pool }) => {
        const rejected = pool?.tokens().filter(({ enabled, health }) => enabled && health.state === 'invalid').length;
        return rejected ? [{ provider: provider.id, count: rejected }] : [];
      }),
      slowest: found(sum.slowest),
      errors: found(sum.errors),
    };
  }

  /** One cell per minute; where that would be more than can be seen, one per step of the charts. */
  #strips(
    cells: readonly StoredCell[],
    { from, until, bucketMs, now }: { from: number; until: number; bucketMs: number; now: number },
  ) {
    const stepMs = Math.max(minuteMs, bucketMs);
    const begin = from - (from % stepMs);
    const steps = { from: begin, stepMs, count: Math.ceil((until - begin) / stepMs) };
    const tokens = this.#options.sources().flatMap(({ provider, pool }) =>
      (pool?.tokens() ?? []).map((token) => ({
        provider: provider.id,
        alias: token.alias,
        id: token.id,
        enabled: token.enabled && token.secret !== null,
        stay: stayOf(token, now),
      })),
    );
    // A stay that began before the window may reach into it.
    const stays = this.#health.read(from - (until - from));
    const { strips, leftOut } = stripsOf(tokens, stays, cells, steps, now);
    return { stripMs: stepMs, stripFrom: begin, strips, stripsLeftOut: leftOut };
  }
}
