import { defaultKeyId } from '../../../shared/client-key.ts';
import { type ClientId, clients } from '../../../shared/clients.ts';
import type { ClientKeys } from '../keys/client-keys.ts';

/** Of a key that was made for a client only a hash is kept, so what is filled in is remembered until Traygate ends. */
export class FreshKeys {
  readonly #keys: ClientKeys;
  readonly #values = new Map<string, string>();

  constructor(keys: ClientKeys) {
    this.#keys = keys;
  }

  /** Those whose value can be filled in. */
  list(): { id: string; name: string; ending: string }[] {
    return this.#keys
      .list()
      .filter(({ id, copyable, enabled, scope }) => enabled && scope === 'all' && (copyable || this.#values.has(id)))
      .map(({ id, name, ending }) => ({ id, name, ending }));
  }

  /** A key that bears the client's name, so that Logs tell whose requests are whose. Throws Refusal. */
  make(client: ClientId): { id: string } {
    const plain = clients[client].name ?? 'Client';
    const taken = new Set(this.#keys.list().map(({ name }) => name));
    const name = [plain, ...Array.from({ length: 98 }, (_, at) => `${plain} ${at + 2}`)].find((one) => !taken.has(one));
    const { key, value } = this.#keys.create({ name: name ?? plain, expiresAt: null, limits: null });
    this.#values.set(key.id, value);
    return { id: key.id };
  }

  /** Throws Refusal for a key of which only a hash is known. */
  valueOf(id: string | null): string {
    const fresh = id === null ? undefined : this.#values.get(id);
    const known = this.#keys.list().some((key) => key.id === id);
    return fresh !== undefined && known ? fresh : this.#keys.copyable(id ?? defaultKeyId);
  }

  isKey(value: string): boolean {
    return (['openai', 'anthropic'] as const).some((route) => {
      try {
        return this.#keys.identify({ authorization: `Bearer ${value}` }, route) !== null;
      } catch {
        return false;
      }
    });
  }
}
