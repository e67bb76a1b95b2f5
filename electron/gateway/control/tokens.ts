import { randomUUID } from 'node:crypto';
import { looksLikeToken, splitPasted } from '../../../shared/paste.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import type { AddedLine, Token } from '../../../shared/token.ts';
import { fresh } from '../pool/health.ts';
import type { Pool } from '../pool/pool.ts';
import { hashOf, type StoredToken, type TokenStore } from '../pool/token-store.ts';
import type { Provider, Verification } from '../providers/provider.ts';
import { Refusal } from './dispatch.ts';
import { toToken } from './token-view.ts';

interface Keeping {
  readonly provider: Provider;
  readonly pool: Pool;
  /** The letter of default aliases: `Z1`, `Z2`, … */
  readonly letter: string;
}

export interface TokenKeeperOptions {
  readonly store: TokenStore;
  readonly keeping: ReadonlyMap<ProviderId, Keeping>;
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
    for (const token of options.store.load()) options.keeping.get(token.provider)?.pool.add(token);
  }

  /** Tokens that the environment or a file brings; they live as long as the process. Returns how many are new. */
  addExternal(provider: ProviderId, secrets: readonly string[], origin: string): number {
    const { pool } = this.#keeping(provider);
    const added = secrets.filter((secret) => !this.#bySecret(pool, secret));
    for (const secret of added) pool.add(this.#make(provider, secret, origin));
    return added.length;
  }

  list(provider: ProviderId): Token[] {
    const keeping = this.#options.keeping.get(provider);
    return keeping
      ? keeping.pool.tokens().map((token) => toToken(token, keeping.pool, this.#checking.has(token.id)))
      : [];
  }

  /** Stores what is new in a paste; with `check` each role is asked first, and guests and rejected tokens are not stored. */
  async add(provider: ProviderId, text: string, check: boolean): Promise<AddedLine[]> {
    const { pool } = this.#keeping(provider);
    const seen = new Set<string>();
    const lines = splitPasted(text).map(({ line, value }): { report: AddedLine; secret: string | null } => {
      const report = (outcome: AddedLine['outcome'], extra: Partial<AddedLine> = {}): AddedLine => ({
        line,
        fingerprint: null,
        alias: null,
        tookMs: null,
        reason: null,
        outcome,
        ...extra,
      });
      if (!looksLikeToken(value)) return { report: report('not-a-token'), secret: null };
      const hash = hashOf(value);
      const fingerprint = `#${hash.slice(0, 6)}`;
      if (seen.has(hash)) return { report: report('duplicate-in-paste', { fingerprint }), secret: null };
      seen.add(hash);
      const saved = this.#bySecret(pool, value);
      if (saved) return { report: report('duplicate-saved', { fingerprint, alias: saved.alias }), secret: null };
      return { report: report('unchecked', { fingerprint }), secret: value };
    });
    const news = lines.flatMap(({ report, secret }) => (secret === null ? [] : [{ report, secret }]));
    await inParallel(news, async ({ report, secret }) => {
      const started = performance.now();
      const verification = check ? await this.#verify(provider, secret) : null;
      if (verification) report.tookMs = Math.round(performance.now() - started);
      if (verification?.outcome === 'guest' || verification?.outcome === 'invalid') {
        report.outcome = verification.outcome;
        report.reason = verification.reason ?? null;
        return;
      }
      const token = this.#make(provider, secret, null);
      if (verification) this.#learn(token, verification);
      this.#options.store.insert(token);
      pool.add(token);
      if (verification) pool.report(token.id, verifiedEvent(verification));
      report.outcome = verification?.outcome === 'user' ? 'added' : 'unchecked';
      report.reason = verification?.reason ?? null;
      report.alias = token.alias;
    });
    this.#options.changed(provider);
    return lines.map(({ report }) => report);
  }

  async check(ids: readonly string[]): Promise<Token[]> {
    const found = ids.map((id) => this.#find(id));
    for (const { token } of found) this.#checking.add(token.id);
    this.#tell(found);
    await inParallel(found, async ({ provider, pool, token }) => {
      if (token.secret !== null) {
        const verification = await this.#verify(provider, token.secret, token.userId ?? undefined);
        this.#learn(token, verification);
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
    const restored = ids.flatMap((id) => {
      const token = this.#removed.get(id);
      this.#removed.delete(id);
      if (!token) return [];
      const { pool } = this.#keeping(token.provider);
      if (token.secret === null || this.#bySecret(pool, token.secret)) return [];
      this.#options.store.insert(token);
      pool.add(token);
      return [{ provider: token.provider, pool, token }];
    });
    this.#tell(restored);
    return restored.map(({ pool, token }) => toToken(token, pool, false));
  }

  #change(ids: readonly string[], change: (token: StoredToken) => void): Token[] {
    const found = ids.map((id) => this.#find(id));
    for (const { token } of found) {
      change(token);
      if (token.origin === null) this.#options.store.update(token);
    }
    this.#tell(found);
    return found.map(({ pool, token }) => toToken(token, pool, this.#checking.has(token.id)));
  }

  #tell(found: readonly { provider: ProviderId }[]): void {
    for (const provider of new Set(found.map((entry) => entry.provider))) this.#options.changed(provider);
  }

  #keeping(provider: ProviderId): Keeping {
    const keeping = this.#options.keeping.get(provider);
    if (!keeping) throw new Refusal('This provider needs no tokens.');
    return keeping;
  }

  #find(id: string): { provider: ProviderId; pool: Pool; token: StoredToken } {
    for (const [provider, { pool }] of this.#options.keeping) {
      const token = pool.get(id);
      if (token) return { provider, pool, token };
    }
    throw new Refusal('This token is no longer there.');
  }

  #bySecret(pool: Pool, secret: string): StoredToken | undefined {
    const hash = hashOf(secret);
    return pool.tokens().find((token) => token.hash === hash);
  }

  #make(provider: ProviderId, secret: string, origin: string | null): StoredToken {
    const { pool, letter } = this.#keeping(provider);
    const used = new Set(pool.tokens().map(({ alias }) => alias));
    let number = used.size + 1;
    while (used.has(`${letter}${number}`)) number++;
    return {
      id: randomUUID(), provider, alias: `${letter}${number}`, hash: hashOf(secret), secret, role: 'unknown', account: null, userId: null, enabled: true,
      health: fresh, ok: 0, failed: 0, lastUsedAt: null, createdAt: Date.now(), origin,
    }; // prettier-ignore
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

  #learn(token: StoredToken, { outcome, account, userId }: Verification): void {
    if (outcome === 'user' || outcome === 'guest') token.role = outcome;
    if (outcome !== 'user') return;
    token.account = account ?? token.account;
    token.userId = userId ?? token.userId;
  }
}

const verifiedEvent = ({ outcome, reason }: Verification) =>
  ({ type: 'verified', outcome, message: reason ?? null }) as const;

/** Runs `work` on each item, at most five at a time. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: parallelChecks }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
