import { randomUUID } from 'node:crypto';
import type { ProviderId } from '../../../shared/provider.ts';
import { shortestToken } from '../../../shared/paste.ts';
import type { AddedLine, Token } from '../../../shared/token.ts';
import { fresh } from '../pool/health.ts';
import type { Pool } from '../pool/pool.ts';
import { hashOf, type StoredToken, type TokenStore } from '../pool/token-store.ts';
import type { Provider, Verification } from '../providers/provider.ts';
import { Refusal } from './dispatch.ts';
import { aliasMaker, type PastedLine, readPaste } from './pasted-tokens.ts';
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
  readonly signal: AbortSignal;
}

const parallelChecks = 5;
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

  list(provider: ProviderId): Token[] {
    const keeping = this.#options.keeping().get(provider);
    return keeping
      ? keeping.pool.tokens().map((token) => toToken(token, keeping.pool, this.#checking.has(token.id)))
      : [];
  }

  /** Stores what is new in a paste; with `check` each role is asked first, and guests and rejected tokens are not stored. */
  async add(provider: ProviderId, text: string, check: boolean): Promise<AddedLine[]> {
    const { pool } = this.#keeping(provider);
    const lines = readPaste(text, savedIn(pool), shortestToken(provider));
    const verified = new Map<string, Verification>();
    if (check) {
      await inParallel(lines, async ({ report, secret, hash }) => {
        if (secret === null) return;
        const started = performance.now();
        verified.set(hash, await this.#verify(provider, secret));
        report.tookMs = Math.round(performance.now() - started);
      });
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
      if (secret === null) continue;
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

  async check(ids: readonly string[]): Promise<Token[]> {
    const found = ids.map((id) => this.#find(id));
    for (const { token } of found) this.#checking.add(token.id);
    this.#tell(found);
    await inParallel(found, async ({ provider, pool, token }) => {
      if (token.secret !== null) {
        const verification = await this.#verify(provider, token.secret, token.userId ?? undefined);
        learn(token, verification);
        pool.report(token.id, verifiedEvent(verification));
      }
      this.#checking.delete(token.id);
      this.#options.changed(provider);
    });
    return found.map(({ pool, token }) => toToken(token, pool, false));
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

  async #verify(provider: ProviderId, secret: string, knownUserId?: string): Promise<Verification> {
    const source = this.#keeping(provider).provider;
    if (!source.verify) throw new Refusal('Tokens of this provider cannot be checked.');
    const answer = await source.verify(
      secret,
      AbortSignal.any([this.#options.signal, AbortSignal.timeout(checkTimeoutMs)]),
    );
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

/** Runs `work` on each item, at most five at a time. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: parallelChecks }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
