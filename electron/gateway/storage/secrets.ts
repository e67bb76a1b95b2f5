import type { DatabaseSync } from 'node:sqlite';
import type { Logger } from 'pino';
import type { Sealer } from './sealer.ts';

/** Named secrets, e.g. the default client key. */
export interface Secrets {
  /** Whether there is one, readable or not. */
  has(name: string): boolean;
  /** Null when there is none, or when it was sealed with a key that is gone. */
  get(name: string): string | null;
  set(name: string, value: string): void;
}

export function createSecrets(database: DatabaseSync, sealer: Sealer): Secrets {
  const select = database.prepare('SELECT value FROM secrets WHERE name = ?');
  const upsert = database.prepare(
    'INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  return {
    has: (name) => select.get(name) !== undefined,
    get(name) {
      const value = select.get(name)?.['value'];
      if (!(value instanceof Uint8Array)) return null;
      try {
        return sealer.unseal(value, `secret:${name}`);
      } catch {
        return null;
      }
    },
    set(name, value) {
      upsert.run(name, sealer.seal(value, `secret:${name}`));
    },
  };
}

/** Plain facts that survive restarts, e.g. a provider's last good front-end version. */
export interface Memory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

/** What a provider remembers only saves it a look; an answer must not fail because the disk is full. */
export function forgiving(memory: Memory, log: Logger): Memory {
  return {
    get: (key) => memory.get(key),
    set(key, value) {
      try {
        memory.set(key, value);
      } catch (error) {
        log.warn({ err: error }, 'a fact could not be saved');
      }
    },
  };
}

export function createMemory(database: DatabaseSync): Memory {
  const select = database.prepare('SELECT value FROM memory WHERE key = ?');
  const upsert = database.prepare(
    'INSERT INTO memory (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    get(key) {
      const value = select.get(key)?.['value'];
      return typeof value === 'string' ? value : undefined;
    },
    set(key, value) {
      upsert.run(key, value);
    },
  };
}
