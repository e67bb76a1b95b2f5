import { randomUUID } from 'node:crypto';
import type { ProviderId } from '../../../shared/provider.ts';
import type { Diagnosis } from '../../../shared/diagnosis.ts';
import { readPaste } from '../../../shared/paste.ts';
import type { AddedLine, Token } from '../../../shared/token.ts';
import { diagnose, examine, type Look } from '../doctor/diagnose.ts';
import type { Hosts } from '../doctor/services.ts';
import { fresh } from '../pool/health.ts';
import type { Pool } from '../pool/pool.ts';
import { hashOf, type StoredToken, type TokenStore } from '../pool/token-store.ts';
import type { Provider, Verification } from '../providers/provider.ts';
import { Refusal } from './dispatch.ts';
import type { Job, Jobs } from './jobs.ts';
import { inParallel } from './parallel.ts';
import { aliasMaker, type PastedLine, toLine } from './pasted-tokens.ts';
import { toToken } from './token-view.ts';

interface Keeping {
  readonly provider: Provider;
  readonly pool: Pool;
  /** The letter of default aliases: `Z1`, `Z2`, … */
  readonly letter: string;
}

export interface TokenKeeperOptions {
  readonly store: TokenStore;
  /** Those that need tokens, as of now. */
  readonly keeping: () => ReadonlyMap<ProviderId, Keeping>;
  readonly changed: (provider: ProviderId) => void;
  /** Which addresses belong to which provider, as of now. */
  readonly hosts: () => Hosts;
  readonly jobs: Jobs;
}

export interface AddOptions {
  /** Ask whose each token is before it is saved. */
  readonly check: boolean;
  /** Also those that look like another provider's. */
  readonly trusting?: boolean | undefined;
  /** Under which the checks can be cancelled. */
  readonly job?: string | undefined;
}

/** A saved token and what its check has found out; null: it is locked, or the check was cancelled. */
export interface Checked {
  readonly token: StoredToken;
  readonly verification: Verification | null;
}

const checkTimeoutMs = 15_000;

/** Adds, checks, switches, removes and restores tokens: what the window's Tokens page can do. */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions;
  readonly #removed = new Map<string, StoredToken>();
  readonly #checking = new Set<string>();

  constructor(options: TokenKeeperOptions) {
    this.#options = options;
    this.load(options.keeping().keys());
  }

  /** Takes up the saved tokens of these providers. */
  load(providers: Iterable<ProviderId>): void {
    const wanted = new Set(providers);
    for (const token of this.#options.store.load()) {
      const pool = wanted.has(token.provider) ? this.#options.keeping().get(token.provider)?.pool : undefined;
      if (pool && !pool.get(token.id)) pool.add(token);
    }
  }

  /** Tokens that the environment or a file brings; they live as long as the process. Returns how many are new. */
  addExternal(provider: ProviderId, secrets: readonly string[], origin: string): number {
    const { pool, letter } = this.#keeping(provider);
    const saved = savedIn(pool);
    const added = [...new Set(secrets)].filter((secret) => !saved.has(hashOf(secret)));
    const nextAlias = aliasMaker(
      letter,
      pool.tokens().map(({ alias }) => alias),
    );
    for (const secret of added) pool.add(makeToken(provider, secret, nextAlias(), origin));
    return added.length;
  }

  /**
   * What a file brings now: those it no longer holds go. Returns how many are new and how many went.
   */
  syncExternal(provider: ProviderId, secrets: readonly string[], origin: string): { added: number; gone: number } {
    const { pool } = this.#keeping(provider);
    const held = new Set(secrets.map(hashOf));
    const gone = pool.tokens().filter((token) => token.origin === origin && !held.has(token.hash));
    for (const { id } of gone) pool.remove(id);
    const added = this.addExternal(provider, secrets, origin);
    if (added + gone.length > 0) this.#options.changed(provider);
    return { added, gone: gone.length };
  }

  /** These instead of those that are stored. What stays keeps its name and its health; what goes can be restored. */
  replace(provider: ProviderId, secrets: readonly string[]): { added: number; removed: number } {
    const { pool, letter } = this.#keeping(provider);
    const wanted = new Map(secrets.map((secret) => [hashOf(secret), secret]));
    const saved = savedIn(pool);
    const nextAlias = aliasMaker(
      letter,
      pool.tokens().map(({ alias }) => alias),
    );
    const added = [...wanted].flatMap(([hash, secret]) =>
      saved.has(hash) ? [] : [makeToken(provider, secret, nextAlias(), null)],
    );
    // The new ones first: a disk that is full leaves the old ones.
    this.#options.store.insert(added);
    for (const token of added) pool.add(token);
    const gone = [...saved.values()].filter(({ hash, origin }) => origin === null && !wanted.has(hash));
    this.remove(gone.map(({ id }) => id));
    this.#options.changed(provider);
    return { added: added.length, removed: gone.length };
  }

  /** The tokens of these providers as the pools know them. */
  stored(providers: readonly ProviderId[]): StoredToken[] {
    const keeping = this.#options.keeping();
    return providers.flatMap((provider) => keeping.get(provider)?.pool.tokens() ?? []);
  }

  list(provider: ProviderId): Token[] {
    const keeping = this.#options.keeping().get(provider);
    return keeping
      ? keeping.pool.tokens().map((token) => toToken(token, keeping.pool, this.#checking.has(token.id)))
      : [];
  }

  /** One saved token, with its secret. */
  saved(id: string): StoredToken {
    return this.#find(id).token;
  }

  /** What pasted text holds. Nothing is stored and nobody is asked. */
  diagnose(provider: ProviderId, text: string, trusting = false): Diagnosis {
    return diagnose(text, this.#look(provider, trusting));
  }

  /**
   * Stores what is new in a paste and belongs here; with `check` each role is asked first, and guests, rejected tokens and
   * those whose check was cancelled are not stored.
   */
  async add(
    provider: ProviderId,
    text: string,
    { check, trusting = false, job: id }: AddOptions,
  ): Promise<AddedLine[]> {
    const lines = examine(readPaste(text), this.#look(provider, trusting)).map(toLine);
    const verified = new Map<string, Verification>();
    const wanted = lines.filter(({ secret }) => secret !== null);
    if (check) {
      await this.#inJob(id, wanted, async ({ report, secret, hash }, { signal, step }) => {
        const started = performance.now();
        const verification = await this.#verify(provider, secret ?? '', signal);
        if (signal.aborted) return;
        verified.set(hash, verification);
        report.tookMs = Math.round(performance.now() - started);
        step();
      });
      for (const { report, hash } of wanted) if (!verified.has(hash)) report.outcome = 'cancelled';
    }
    this.#store(provider, lines, verified);
    this.#options.changed(provider);
    return lines.map(({ report }) => report);
  }

  /** In the order of the paste, whichever check was answered first. */
  #store(provider: ProviderId, lines: readonly PastedLine[], verified: ReadonlyMap<string, Verification>): void {
    const { pool, letter } = this.#keeping(provider);
    // Read again: another window may have saved the same tokens while the checks ran.
    const saved = savedIn(pool);
    const nextAlias = aliasMaker(
      letter,
      pool.tokens().map(({ alias }) => alias),
    );
    const added: { token: StoredToken; verification: Verification | undefined; report: AddedLine }[] = [];
    for (const { report, secret, hash } of lines) {
      if (secret === null || report.outcome === 'cancelled') continue;
      const known = saved.get(hash);
      const verification = verified.get(hash);
      if (known) {
        Object.assign(report, { outcome: 'duplicate-saved', alias: known.alias });
        continue;
      }
      report.reason = verification?.reason ?? null;
      if (verification?.outcome === 'guest' || verification?.outcome === 'invalid') {
        report.outcome = verification.outcome;
        continue;
      }
      const token = makeToken(provider, secret, nextAlias(), null);
      if (verification) learn(token, verification);
      added.push({ token, verification, report });
    }
    this.#options.store.insert(added.map(({ token }) => token));
    for (const { token, verification, report } of added) {
      pool.add(token);
      if (verification) pool.report(token.id, verifiedEvent(verification));
      Object.assign(report, {
        outcome: verification?.outcome === 'user' ? 'added' : 'unchecked',
        alias: token.alias,
        id: token.id,
      });
    }
  }

  async check(ids: readonly string[], job?: string): Promise<Token[]> {
    const checked = await this.checkSaved(ids, job);
    return checked.flatMap(({ token }) => {
      const pool = this.#options.keeping().get(token.provider)?.pool;
      return pool?.get(token.id) ? [toToken(token, pool, false)] : [];
    });
  }

  /** Asks whose each token is, five at a time. Nothing becomes of one that could not be asked about. */
  async checkSaved(ids: readonly string[], job?: string): Promise<Checked[]> {
    const found = ids.map((id) => this.#find(id));
    for (const { token } of found) this.#checking.add(token.id);
    this.#tell(found);
    const answers = new Map<string, Verification>();
    await this.#inJob(job, found, async ({ provider, pool, token }, { signal, step }) => {
      if (token.secret !== null) {
        const verification = await this.#verify(provider, token.secret, signal, token.userId ?? undefined);
        if (signal.aborted) return;
        answers.set(token.id, verification);
        learn(token, verification);
        pool.report(token.id, verifiedEvent(verification));
      }
      this.#checking.delete(token.id);
      this.#options.changed(provider);
      step();
    });
    for (const { token } of found) this.#checking.delete(token.id);
    this.#tell(found);
    return found.map(({ token }) => ({ token, verification: answers.get(token.id) ?? null }));
  }

  enable(ids: readonly string[], enabled: boolean): Token[] {
    return this.#change(ids, (token) => {
      token.enabled = enabled;
    });
  }

  /** What is left out stays. */
  tune(
    ids: readonly string[],
    { weight, priority }: { weight?: number | undefined; priority?: number | undefined },
  ): Token[] {
    return this.#change(ids, (token) => {
      token.weight = weight ?? token.weight;
      token.priority = priority ?? token.priority;
    });
  }

  rename(id: string, alias: string): Token {
    const [token] = this.#change([id], (stored) => {
      stored.alias = alias;
    });
    if (!token) throw new Refusal('This token is no longer there.');
    return token;
  }

  /** Answers that run on them go on. Until the gateway stops they can be restored. */
  remove(ids: readonly string[]): string[] {
    const found = ids.map((id) => this.#find(id));
    if (found.some(({ token }) => token.origin !== null))
      throw new Refusal('A token that comes from the environment or a file is removed there.');
    for (const { pool, token } of found) {
      pool.remove(token.id);
      this.#options.store.remove(token.id);
      this.#removed.set(token.id, token);
    }
    this.#tell(found);
    return found.map(({ token }) => token.id);
  }

  restore(ids: readonly string[]): Token[] {
    const hashes = new Map(
      this.#options
        .keeping()
        .entries()
        .map(([provider, { pool }]) => [provider, savedIn(pool)]),
    );
    const restored = [...new Set(ids)].flatMap((id) => {
      const token = this.#removed.get(id);
      if (!token || token.secret === null || hashes.get(token.provider)?.has(token.hash)) return [];
      hashes.get(token.provider)?.set(token.hash, token);
      return [{ provider: token.provider, pool: this.#keeping(token.provider).pool, token }];
    });
    this.#options.store.insert(restored.map(({ token }) => token));
    for (const { pool, token } of restored) pool.add(token);
    for (const id of ids) this.#removed.delete(id);
    this.#tell(restored);
    return restored.map(({ pool, token }) => toToken(token, pool, false));
  }

  #change(ids: readonly string[], change: (token: StoredToken) => void): Token[] {
    const found = ids.map((id) => this.#find(id));
    for (const { token, pool } of found) {
      change(token);
      if (token.origin === null) this.#options.store.update(token);
      pool.refresh();
    }
    this.#tell(found);
    return found.map(({ pool, token }) => toToken(token, pool, this.#checking.has(token.id)));
  }

  #tell(found: readonly { provider: ProviderId }[]): void {
    for (const provider of new Set(found.map((entry) => entry.provider))) this.#options.changed(provider);
  }

  #keeping(provider: ProviderId): Keeping {
    const keeping = this.#options.keeping().get(provider);
    if (!keeping) throw new Refusal('This provider needs no tokens.');
    return keeping;
  }

  #find(id: string): { provider: ProviderId; pool: Pool; token: StoredToken } {
    for (const [provider, { pool }] of this.#options.keeping()) {
      const token = pool.get(id);
      if (token) return { provider, pool, token };
    }
    throw new Refusal('This token is no longer there.');
  }

  async #inJob<T>(
    id: string | undefined,
    items: readonly T[],
    work: (item: T, job: Job) => Promise<void>,
  ): Promise<void> {
    const job = this.#options.jobs.start(id, items.length);
    try {
      await inParallel(items, job.signal, (item) => work(item, job));
    } finally {
      job.end();
    }
  }

  #look(provider: ProviderId, trusting: boolean): Look {
    this.#keeping(provider);
    return {
      provider,
      trusting,
      hosts: this.#options.hosts(),
      now: Date.now(),
      saved: (id) => {
        const pool = this.#options.keeping().get(id)?.pool;
        return pool ? savedIn(pool) : new Map();
      },
    };
  }

  async #verify(
    provider: ProviderId,
    secret: string,
    signal: AbortSignal,
    knownUserId?: string,
  ): Promise<Verification> {
    const source = this.#keeping(provider).provider;
    if (!source.verify) throw new Refusal('Tokens of this provider cannot be checked.');
    const answer = await source.verify(secret, AbortSignal.any([signal, AbortSignal.timeout(checkTimeoutMs)]));
    // A dead token can be answered with a brand-new guest or, in theory, another account: not the one that was saved.
    const other =
      answer.outcome === 'user' &&
      knownUserId !== undefined &&
      answer.userId !== undefined &&
      answer.userId !== knownUserId;
    return other ? { outcome: 'invalid', reason: 'The provider answered with another account.' } : answer;
  }
}

function learn(token: StoredToken, { outcome, account, userId }: Verification): void {
  if (outcome === 'user' || outcome === 'guest') token.role = outcome;
  if (outcome !== 'user') return;
  token.account = account ?? token.account;
  token.userId = userId ?? token.userId;
}

const savedIn = (pool: Pool): Map<string, StoredToken> => new Map(pool.tokens().map((token) => [token.hash, token]));

function makeToken(provider: ProviderId, secret: string, alias: string, origin: string | null): StoredToken {
  return {
    id: randomUUID(), provider, alias, hash: hashOf(secret), secret, role: 'unknown', account: null, userId: null, enabled: true,
    weight: 1, priority: 1, health: fresh, ok: 0, failed: 0, lastUsedAt: null, createdAt: Date.now(), origin,
  }; // prettier-ignore
}

const verifiedEvent = ({ outcome, code, reason }: Verification) =>
  ({ type: 'verified', outcome, code, message: reason ?? null }) as const;
