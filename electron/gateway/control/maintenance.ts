import type { Logger } from 'pino';
import type { MaintenanceReport, MaintenanceSteps } from '../../../shared/maintenance.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import { endOf } from '../doctor/claims.ts';
import type { StoredToken } from '../pool/token-store.ts';
import { Schedule } from '../radar/schedule.ts';
import type { Checked, TokenKeeper } from './tokens.ts';

export interface MaintenanceOptions {
  readonly tokens: TokenKeeper;
  /** Those whose tokens are looked after. */
  readonly providers: () => readonly ProviderId[];
  readonly everyHours: () => number;
  /** 0: nothing is ever pruned. */
  readonly pruneDays: () => number;
  /** Where the time of the last run is kept. */
  readonly memory: { get(key: string): string | undefined; set(key: string, value: string): void };
  readonly clock: () => number;
  readonly log: Logger;
}

const day = 86_400_000;
const lastRun = 'maintenance';
const all: MaintenanceSteps = { check: true, dedupe: true, prune: true };

/**
 * Looks after saved tokens: checks them, keeps one of each account, removes what has been invalid for long. Only what a
 * provider has said about a token counts: one that could not be asked about stays as it is. Tokens of the environment and of
 * files are checked, never removed.
 */
export class Maintenance {
  readonly #options: MaintenanceOptions;
  readonly #schedule: Schedule;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: MaintenanceOptions) {
    this.#options = options;
    this.#schedule = new Schedule({
      everyHours: options.everyHours,
      lastAt: () => Number(options.memory.get(lastRun)) || null,
      run: async () => {
        options.log.info(counts(await this.run(null, all)), 'tokens were looked after');
      },
      clock: options.clock,
      random: Math.random,
    });
  }

  /** Starts the schedule; also after its setting has changed. */
  arm(): void {
    this.#schedule.arm();
  }

  stop(): void {
    this.#schedule.disarm();
  }

  /** One run after the other, whoever asks. `provider` null: all of them. */
  run(provider: ProviderId | null, steps: MaintenanceSteps, job?: string): Promise<MaintenanceReport> {
    const next = this.#running.then(() => this.#run(provider, steps, job));
    this.#running = next.catch(() => undefined);
    return next;
  }

  async #run(provider: ProviderId | null, steps: MaintenanceSteps, job?: string): Promise<MaintenanceReport> {
    const { tokens, providers, memory, clock } = this.#options;
    if (provider === null) memory.set(lastRun, String(clock()));
    const wanted = provider === null ? providers() : [provider];
    const ids = tokens
      .stored(wanted)
      .filter(({ enabled, secret }) => enabled && secret !== null)
      .map(({ id }) => id);
    const checked = steps.check ? await tokens.checkSaved(ids, job) : [];
    const outcomes = (outcome: string) =>
      checked.filter(({ verification }) => verification?.outcome === outcome).length;
    // What could not be asked about today is left for another day.
    const unasked = new Set(steps.check ? checked.filter(isUnasked).map(({ token }) => token.id) : []);
    const left = () => tokens.stored(wanted).filter(({ id, origin }) => origin === null && !unasked.has(id));
    const duplicates = steps.dedupe ? tokens.remove(duplicatesIn(left())) : [];
    const pruned = steps.prune ? tokens.remove(this.#prunable(left())) : [];
    return {
      checked: checked.filter(({ verification }) => verification !== null).length,
      user: outcomes('user'),
      guest: outcomes('guest'),
      invalid: outcomes('invalid'),
      unreachable: outcomes('unreachable'),
      duplicates,
      pruned,
    };
  }

  #prunable(tokens: readonly StoredToken[]): string[] {
    const days = this.#options.pruneDays();
    if (days === 0) return [];
    const before = this.#options.clock() - days * day;
    return tokens.flatMap(({ id, health: { state, since } }) =>
      state === 'invalid' && since !== null && since <= before ? [id] : [],
    );
  }
}

const isUnasked = ({ verification }: Checked): boolean =>
  verification === null || verification.outcome === 'unreachable';

/** Tokens of accounts that have a better one: a good one before others, the one that lasts longest, the newest. */
function duplicatesIn(tokens: readonly StoredToken[]): string[] {
  const kept = new Map<string, StoredToken>();
  const worse: string[] = [];
  for (const token of tokens) {
    if (token.userId === null || token.role !== 'user') continue;
    const account = `${token.provider} ${token.userId}`;
    const known = kept.get(account);
    const better = known === undefined || isBetter(token, known);
    if (known) worse.push(better ? known.id : token.id);
    if (better) kept.set(account, token);
  }
  return worse;
}

function isBetter(a: StoredToken, b: StoredToken): boolean {
  const rank = ({ health, enabled }: StoredToken) => (health.state === 'invalid' ? 0 : enabled ? 2 : 1);
  if (rank(a) !== rank(b)) return rank(a) > rank(b);
  const [endA, endB] = [endOfToken(a), endOfToken(b)];
  return endA === endB ? a.createdAt >= b.createdAt : endA > endB;
}

function endOfToken({ secret }: StoredToken): number {
  return (secret === null ? null : endOf(secret)) ?? Number.POSITIVE_INFINITY;
}

const counts = ({ duplicates, pruned, ...rest }: MaintenanceReport) => ({
  ...rest,
  duplicates: duplicates.length,
  pruned: pruned.length,
});
