import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ChatError } from '../chat/errors.ts';

/** A key that clients send. `scope` limits it to the Anthropic routes (ANTHROPIC_API_KEY). */
export interface ClientKey {
  readonly name: string;
  readonly value: string;
  readonly scope: 'all' | 'anthropic';
}

/** `sk-local-` and 32 url-safe characters (192 bits) from the system's random source. */
export function randomClientKey(): string {
  return `sk-local-${randomBytes(24).toString('base64url')}`;
}

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

export class ClientKeys {
  readonly #keys: readonly { readonly key: ClientKey; readonly digest: Buffer }[];
  readonly #required: boolean;

  constructor(keys: readonly ClientKey[], required: boolean) {
    this.#keys = keys.map((key) => ({ key, digest: digest(key.value) }));
    this.#required = required;
  }

  /**
   * The name of the key a request carries, or null when none is required. `Authorization: Bearer` and `x-api-key` count
   * alike; when both are sent both must be right. Throws ChatError `invalid_api_key`.
   */
  check(headers: IncomingHttpHeaders, route: 'openai' | 'anthropic'): string | null {
    if (!this.#required) return null;
    const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const header = headers['x-api-key'];
    const sent = [
      ...(headers.authorization === undefined ? [] : [bearer ?? '']),
      ...(header === undefined ? [] : [String(header)]),
    ];
    if (sent.length === 0) throw new ChatError('invalid_api_key', 'No API key was sent.');
    const found = sent.map((value) => this.#find(value, route));
    const [first] = found;
    if (!first || found.some((key) => key !== first)) throw new ChatError('invalid_api_key', 'The API key is wrong.');
    return first.name;
  }

  /** Compares with every key, in constant time, so that the time tells nothing. */
  #find(value: string, route: 'openai' | 'anthropic'): ClientKey | undefined {
    const sent = digest(value);
    let found: ClientKey | undefined;
    for (const entry of this.#keys) {
      const same = timingSafeEqual(entry.digest, sent);
      if (same && (entry.key.scope === 'all' || entry.key.scope === route)) found = entry.key;
    }
    return found;
  }
}
