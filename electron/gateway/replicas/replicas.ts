import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { ReplicasState } from '../../../shared/replicas.ts';
import { type Health, isResting } from '../pool/health.ts';
import type { Claim, Listener, Place, Shared } from '../pool/shared.ts';
import type { StoredToken } from '../pool/token-store.ts';
import type { SteadyClock } from '../steady-clock.ts';
import { digestOf } from './digest.ts';
import { inTime } from './in-time.ts';
import { type Connect, Link } from './link.ts';
import { type Fact, type News, readNews, restEvent, restNews } from './news.ts';
import { Places } from './places.ts';
import { channel, readRests, restKey, tellOver, tellRests } from './scripts.ts';

export interface ReplicasOptions {
  readonly connect: Connect;
  /** The clock of the pools. */
  readonly clock: Pick<SteadyClock, 'now'>;
  readonly changed: () => void;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** How long the places of a replica that has died are held, in milliseconds; 15 000 without. */
  readonly holdMs?: number;
}

interface Member {
  readonly token: StoredToken;
  readonly pool: Listener;
}

const startMs = 1_000;
const Found = z.array(z.union([z.string(), z.number(), z.null()]));

/**
 * Several gateways behind one address, with tokens in common: what one finds out about a token the others know, and its limits
 * hold for all together. What they share is at a server (Valkey, Redis); while that cannot be asked each goes by what it knows.
 */
export class Replicas implements Shared {
  readonly #options: ReplicasOptions;
  readonly #link: Link;
  readonly #places: Places;
  readonly #instance = randomBytes(6).toString('base64url');
  readonly #members = new Map<string, Member>();
  /** Tokens of which nobody has been asked yet what others know. */
  readonly #fresh = new Set<string>();
  #state: ReplicasState = { connected: false, error: null };

  constructor(options: ReplicasOptions) {
    this.#options = options;
    this.#link = new Link({
      connect: options.connect,
      message: (text) => this.#hear(text),
      up: () => this.#meet(),
      down: (error) => this.#part(error),
      random: Math.random,
    });
    this.#places = new Places({
      link: this.#link,
      instance: this.#instance,
      holdMs: options.holdMs ?? 15_000,
      news: (fact) => this.#news(fact),
      again: (digest) => this.#reopen(digest),
    });
  }

  get state(): ReplicasState {
    return this.#state;
  }

  /** Waits a moment for what the others know: nothing should be asked of a token that rests. */
  async start(): Promise<void> {
    await inTime(this.#link.start(), startMs).catch(() => {});
  }

  async close(): Promise<void> {
    this.#places.close();
    await this.#link.close();
  }

  joined(token: StoredToken, pool: Listener): void {
    const digest = digestOf(token);
    this.#members.set(digest, { token, pool });
    if (!this.#link.up) return;
    if (this.#fresh.size === 0) setImmediate(() => void this.#readFresh());
    this.#fresh.add(digest);
  }

  left(token: StoredToken): void {
    const digest = digestOf(token);
    if (this.#members.get(digest)?.token === token) this.#members.delete(digest);
  }

  changed(token: StoredToken, before: Health): void {
    const digest = digestOf(token);
    const { state } = token.health;
    if (isResting(token.health)) this.#tell([token]);
    else if (isResting(before) && (state === 'ready' || state === 'degraded'))
      this.#send(tellOver, [restKey(digest)], [channel, this.#news({ what: 'over', token: digest })]);
  }

  claim(token: StoredToken, places: readonly Place[]): Promise<Claim> {
    return this.#places.claim(digestOf(token), places);
  }

  #news(fact: Fact): string {
    const news: News = { ...fact, from: this.#instance };
    return JSON.stringify(news);
  }

  /** Whatever goes wrong ends the connection, which says so itself. */
  #send(...what: Parameters<Link['run']>): void {
    this.#link.run(...what).catch(() => {});
  }

  #tell(tokens: Iterable<StoredToken>): void {
    const now = this.#options.clock.now();
    const rests = [...tokens].flatMap((token) => restNews(digestOf(token), token.health, now) ?? []);
    if (rests.length === 0) return;
    const keys = rests.map(({ token }) => restKey(token));
    const args = rests.flatMap((rest) => [String(rest.ms), this.#news(rest)]);
    this.#send(tellRests, keys, [channel, ...args]);
  }

  /** Finds out what of these rests; with `over`, what does not rest any more is taken up again. */
  async #read(digests: readonly string[], over = false): Promise<void> {
    if (digests.length === 0) return;
    const found = Found.parse(await this.#link.run(readRests, digests.map(restKey), []));
    const now = this.#options.clock.now();
    for (const [at, digest] of digests.entries()) {
      const member = this.#members.get(digest);
      const news = readNews(found[2 * at]);
      const ms = Number(found[2 * at + 1]);
      if (news?.what === 'rest' && ms > 0) member?.pool.report(member.token.id, restEvent(news, ms, now));
      else if (over) member?.pool.report(member.token.id, { type: 'recovered-elsewhere' });
    }
  }

  async #readFresh(): Promise<void> {
    const fresh = [...this.#fresh];
    this.#fresh.clear();
    await this.#read(fresh).catch(() => {});
  }

  #hear(text: string): void {
    const news = readNews(text);
    const member = news && news.from !== this.#instance ? this.#members.get(news.token) : undefined;
    if (!news || !member) return;
    const now = this.#options.clock.now();
    if (news.what === 'free') member.pool.reopen(member.token.id);
    else if (news.what === 'rest') member.pool.report(member.token.id, restEvent(news, news.ms, now));
    // Somebody may have found out the contrary meanwhile: what the server has is true.
    else this.#read([news.token], true).catch(() => {});
  }

  #reopen(digest: string): void {
    const member = this.#members.get(digest);
    member?.pool.reopen(member.token.id);
  }

  /** The longest rest counts, whoever knew of it. */
  async #meet(): Promise<void> {
    const { changed, log } = this.#options;
    const held = this.#places.hold();
    this.#tell([...this.#members.values()].map(({ token }) => token));
    await Promise.all([held, this.#read([...this.#members.keys()])]);
    this.#places.reopen();
    if (this.#state.connected) return;
    this.#state = { connected: true, error: null };
    log.info('rests and limits of tokens are shared with other replicas');
    changed();
  }

  #part(error: Error): void {
    const { changed, log } = this.#options;
    const first = this.#state.connected || this.#state.error === null;
    this.#state = { connected: false, error: wordsOf(error) };
    if (!first) return;
    log.warn({ err: error }, 'Valkey cannot be asked: until it is back this replica goes by what it knows itself');
    this.#places.reopen();
    changed();
  }
}

/** Where a name has several addresses, what went wrong with all of them has no message of its own. */
function wordsOf(error: Error): string {
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
