import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type ClientKey, defaultKeyId, type KeyLimits, noLimits } from '../../../shared/client-key.ts';
import type { Exchange } from '../../../shared/exchange.ts';
import { ChatError } from '../chat/errors.ts';
import { Refusal } from '../control/dispatch.ts';
import type { Secrets } from '../storage/secrets.ts';
import { defaultClientKey, defaultKeySecret } from './default-key.ts';
import type { FixedKey } from './fixed-keys.ts';
import { digestOf, freshRecord, type KeyRecord, madeHere, randomClientKey, traceOf } from './record.ts';
import type { KeyStore } from './store.ts';
import { KeyUse } from './use.ts';

export interface ClientKeysOptions {
  readonly store: KeyStore;
  readonly secrets: Secrets;
  readonly fixed: readonly FixedKey[];
  /** Whether a key is needed at all. */
  readonly required: () => boolean;
  /** The requests that are being answered, by id. */
  readonly running: ReadonlyMap<string, AbortController>;
  readonly clock: () => number;
  /** Keys are others, or are called otherwise, now. */
  readonly changed: () => void;
  /** What was counted could not be saved; it is tried again. */
  readonly unsaved: (error: unknown) => void;
}

/** A key in force. Who sent it holds it for the time of a request. */
export interface KeyHolder {
  record: KeyRecord;
  readonly scope: 'all' | 'anthropic';
  readonly lockedBy: string | null;
  /** Where it is known: the default key, and those from outside. */
  value: string | null;
  readonly use: KeyUse;
}

interface Wish {
  readonly name?: string | undefined;
  readonly expiresAt?: number | null | undefined;
  readonly limits?: KeyLimits | undefined;
  readonly enabled?: boolean | undefined;
}

const maxKeys = 200;
const saveMs = 5_000;
const minuteMs = 60_000;

/** The keys that clients may send: who may come in, how often, and for which models. */
export class ClientKeys {
  readonly #options: ClientKeysOptions;
  #holders: KeyHolder[];
  /** Who is being answered: request id → holder. */
  readonly #busy = new Map<string, KeyHolder>();
  readonly #dirty = new Set<KeyHolder>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: ClientKeysOptions) {
    const { store, secrets, fixed } = options;
    this.#options = options;
    const uses = store.uses();
    const saved = store.load();
    const holder = (record: KeyRecord, more: Partial<KeyHolder> = {}): KeyHolder => ({
      record,
      scope: 'all',
      lockedBy: null,
      value: null,
      use: new KeyUse(uses.get(record.id)),
      ...more,
    });
    const outside = fixed.map(({ name, value, scope, by, isDefault }) => {
      const record = freshRecord(isDefault ? defaultKeyId : `fixed ${name}`, isDefault ? 'Default' : name, value, null);
      return holder(record, { scope, lockedBy: by, value });
    });
    const own = saved.filter(({ id }) => id !== defaultKeyId).map((record) => holder(record));
    this.#holders = [...outside, ...own];
    if (!fixed.some(({ isDefault }) => isDefault)) {
      const value = defaultClientKey(secrets);
      const known = saved.find(({ id }) => id === defaultKeyId) ?? freshRecord(defaultKeyId, 'Default', value, null);
      // The sealed value says what it is; the row only what it may do.
      this.#holders.unshift(holder({ ...known, ...traceOf(value) }, { value }));
    }
  }

  /** The key that the window hands out. */
  get defaultValue(): string {
    return this.#find(defaultKeyId).value ?? '';
  }

  /** Keys that somebody has chosen, also before they came here; those made here cannot be guessed. */
  chosen(): { readonly name: string; readonly value: string }[] {
    return this.#holders.flatMap(({ record, lockedBy, value }) =>
      value === null || (lockedBy === null && value.startsWith(madeHere))
        ? []
        : { name: lockedBy ?? record.name, value },
    );
  }

  /** Every value that is known, so that no report shows one. */
  values(): string[] {
    return this.#holders.flatMap(({ value }) => value ?? []);
  }

  /**
   * Whose key a request carries, or null when none is required. `Authorization: Bearer` and `x-api-key` count alike; when both
   * are sent both must be right. Throws ChatError `invalid_api_key`.
   */
  identify(headers: IncomingHttpHeaders, route: 'openai' | 'anthropic'): KeyHolder | null {
    if (!this.#options.required()) return null;
    const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const header = headers['x-api-key'];
    const sent = [
      ...(headers.authorization === undefined ? [] : [bearer ?? '']),
      ...(header === undefined ? [] : [String(header)]),
    ];
    if (sent.length === 0) throw new ChatError('invalid_api_key', 'No API key was sent.');
    const found = sent.map((value) => this.#match(value, route));
    const [first] = found;
    if (!first || found.some((key) => key !== first)) throw new ChatError('invalid_api_key', 'The API key is wrong.');
    const { enabled, expiresAt } = first.record;
    if (!enabled) throw new ChatError('invalid_api_key', 'This API key is switched off.', { hint: elsewhere });
    if (expiresAt !== null && expiresAt <= this.#options.clock())
      throw new ChatError('invalid_api_key', 'This API key has expired.', { hint: elsewhere });
    return first;
  }

  /** Counts a request. Throws ChatError `rate_limit_exceeded` when it is one too many. */
  admit(holder: KeyHolder, request: string, client: string): void {
    const now = this.#options.clock();
    const { requestsPerMinute, tokensPerDay } = holder.record.limits;
    const minute = requestsPerMinute === null ? 0 : holder.use.minuteWait(requestsPerMinute, now);
    if (minute > 0)
      throw new ChatError('rate_limit_exceeded', `This API key may ask ${requestsPerMinute} times a minute.`, {
        retryAfterMs: minute,
      });
    const day = tokensPerDay === null ? 0 : holder.use.dayWait(tokensPerDay, now);
    if (day > 0)
      throw new ChatError(
        'rate_limit_exceeded',
        `This API key may use ${tokensPerDay} tokens in 24 hours, and has used them; some are free again in ${Math.ceil(day / minuteMs)} minutes.`,
        { retryAfterMs: day },
      );
    holder.use.request(client, now, requestsPerMinute !== null);
    this.#busy.set(request, holder);
    this.#touch(holder);
  }

  /** A request has been answered, and its exchange has come to its end. */
  release(request: string): void {
    this.#busy.delete(request);
  }

  /** Counts what an answer has cost: as the provider says, else a quarter of its characters. */
  finished({ id, usage, characters }: Pick<Exchange, 'id' | 'usage' | 'characters'>): void {
    const holder = this.#busy.get(id);
    if (!holder) return;
    const said = usage?.totalTokens ?? (usage ? (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0) : 0);
    holder.use.spent(said > 0 ? said : Math.ceil(characters / 4), this.#options.clock());
    this.#touch(holder);
  }

  list(): ClientKey[] {
    return this.#holders.map((holder) => this.#view(holder));
  }

  /** A new key; its value is handed over this once. */
  create(wish: { readonly name: string; readonly expiresAt: number | null; readonly limits: KeyLimits | null }): {
    key: ClientKey;
    value: string;
  } {
    if (this.#holders.length >= maxKeys)
      throw new Refusal(`There can be ${maxKeys} keys. Revoke one first.`, 'keys_too_many');
    this.#checkName(wish.name, null);
    const value = randomClientKey();
    const { clock, store, changed } = this.#options;
    const record: KeyRecord = {
      ...freshRecord(randomUUID(), wish.name, value, clock()),
      expiresAt: wish.expiresAt,
      limits: wish.limits ?? noLimits,
    };
    store.save(record);
    const holder: KeyHolder = { record, scope: 'all', lockedBy: null, value: null, use: new KeyUse() };
    this.#holders.push(holder);
    changed();
    return { key: this.#view(holder), value };
  }

  /** What is not named stays. The default key keeps its name, and does not end. */
  change(id: string, wish: Wish): ClientKey {
    const holder = this.#own(id);
    const { record } = holder;
    const { name = record.name, expiresAt = record.expiresAt, limits = record.limits, enabled = record.enabled } = wish;
    if (id === defaultKeyId && (!enabled || expiresAt !== null || name !== record.name)) throw needsDefault();
    this.#checkName(name, id);
    return this.#save(holder, { ...record, name, expiresAt, limits, enabled });
  }

  /** Another value for a key. The old one is taken for as long as asked. */
  rotate(id: string, graceMinutes: number): { key: ClientKey; value: string | null } {
    const holder = this.#own(id);
    const { clock, secrets } = this.#options;
    const value = randomClientKey();
    const { hash } = holder.record;
    const previous = graceMinutes === 0 ? null : { hash, until: clock() + graceMinutes * minuteMs };
    const isDefault = id === defaultKeyId;
    if (isDefault) {
      secrets.set(defaultKeySecret, value);
      holder.value = value;
    }
    const key = this.#save(holder, { ...holder.record, ...traceOf(value), previous });
    return { key, value: isDefault ? null : value };
  }

  /** Ends a key, and what is being answered for it. Returns how many answers that were. */
  revoke(id: string): { cut: number } {
    const holder = this.#own(id);
    if (id === defaultKeyId) throw needsDefault();
    const { store, running, changed } = this.#options;
    store.remove(id);
    this.#holders = this.#holders.filter((other) => other !== holder);
    this.#dirty.delete(holder);
    let cut = 0;
    for (const [request, by] of this.#busy) {
      const controller = by === holder ? running.get(request) : undefined;
      if (!controller) continue;
      controller.abort(new ChatError('invalid_api_key', 'The API key was revoked.', { hint: elsewhere }));
      cut++;
    }
    changed();
    return { cut };
  }

  /** The value of a key that is kept. */
  copyable(id: string): string {
    const { value } = this.#find(id);
    if (value === null)
      throw new Refusal('Of this key only a hash is kept. Change it to get a new value.', 'key_hidden');
    return value;
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#dirty.size === 0) return;
    const now = this.#options.clock();
    try {
      this.#options.store.saveUses([...this.#dirty].map(({ record, use }) => [record.id, use.save(now)] as const));
      this.#dirty.clear();
    } catch (error) {
      this.#options.unsaved(error);
    }
  }

  #touch(holder: KeyHolder): void {
    if (!this.#holders.includes(holder)) return;
    this.#dirty.add(holder);
    this.#timer ??= setTimeout(() => this.flush(), saveMs).unref();
  }

  /** Compares with every value, in constant time, so that the time tells nothing. */
  #match(value: string, route: 'openai' | 'anthropic'): KeyHolder | undefined {
    const sent = digestOf(value);
    const now = this.#options.clock();
    let found: KeyHolder | undefined;
    for (const holder of this.#holders) {
      const { hash, previous } = holder.record;
      const same = timingSafeEqual(Buffer.from(hash, 'hex'), sent);
      const before = timingSafeEqual(Buffer.from(previous?.hash ?? hash, 'hex'), sent) && now < (previous?.until ?? 0);
      if ((same || before) && (holder.scope === 'all' || holder.scope === route)) found ??= holder;
    }
    return found;
  }

  #find(id: string): KeyHolder {
    const holder = this.#holders.find(({ record }) => record.id === id);
    if (!holder) throw new Refusal('This key is no longer there.', 'gone');
    return holder;
  }

  #own(id: string): KeyHolder {
    const holder = this.#find(id);
    if (holder.lockedBy !== null)
      throw new Refusal(`This key is set by ${holder.lockedBy} and can only be changed there.`, 'fixed');
    return holder;
  }

  #checkName(name: string, own: string | null): void {
    const taken = ({ record }: KeyHolder) => record.id !== own && record.name.toLowerCase() === name.toLowerCase();
    if (this.#holders.some(taken)) throw new Refusal('Another key has this name.', 'key_name_taken');
  }

  #save(holder: KeyHolder, record: KeyRecord): ClientKey {
    this.#options.store.save(record);
    holder.record = record;
    this.#options.changed();
    return this.#view(holder);
  }

  #view({ record, scope, lockedBy, value, use }: KeyHolder): ClientKey {
    const now = this.#options.clock();
    const { hash: _hash, previous, ...shown } = record;
    const { requests, tokens, clients } = use.day(now);
    const graceUntil = previous && previous.until > now ? previous.until : null;
    const told = { scope, lockedBy, copyable: value !== null, lastUsedAt: use.lastUsedAt, graceUntil };
    return { ...shown, ...told, requests24h: requests, tokens24h: tokens, clients24h: clients };
  }
}

const elsewhere = 'Use another key, or change this one in Traygate › Settings › Client keys.';

const needsDefault = (): Refusal =>
  new Refusal('The default key is the one this window uses. It can be changed, not ended.', 'key_default');
