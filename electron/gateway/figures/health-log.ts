import type { DatabaseSync } from 'node:sqlite';
import type { CellState } from '../../../shared/figures.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import type { HealthState } from '../pool/health.ts';
import type { StoredToken } from '../pool/token-store.ts';
import { inTransaction } from '../storage/database.ts';
import { tokenKey } from './cell.ts';

/** From `since` on a token was so, until the next stay began, or until `until`. */
export interface Stay {
  readonly state: CellState;
  readonly since: number;
  readonly until: number | null;
}

/** What a strip shows; a token that is fine is `ok` only while it answers. */
const shown: Record<HealthState, CellState> = {
  unverified: 'idle',
  ready: 'idle',
  degraded: 'degraded',
  cooling: 'cooling',
  quota: 'cooling',
  guest: 'invalid',
  invalid: 'invalid',
};

const keepMs = 31 * 86_400_000;
const keepRows = 20_000;
const isState = (text: unknown): text is CellState =>
  text === 'idle' || text === 'degraded' || text === 'cooling' || text === 'invalid';

/** How a token is now. */
export const stayOf = ({ health }: StoredToken, now: number): Stay => ({
  state: shown[health.state],
  since: Math.min(now, health.since ?? now),
  until: health.until,
});

/** When tokens began to rest, to fail, to be rejected and to be well again: only changes are kept. */
export class HealthLog {
  readonly #database: DatabaseSync;
  readonly #put;
  readonly #since;
  readonly #old;
  readonly #many;
  /** What is known of each token, as text; one that was never anything but well is not known. */
  readonly #noted = new Map<string, string>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#put = database.prepare('INSERT OR REPLACE INTO token_stays (token, since, state, until) VALUES (?, ?, ?, ?)');
    this.#since = database.prepare(
      'SELECT token, since, state, until FROM token_stays WHERE since >= ? ORDER BY since',
    );
    this.#old = database.prepare('DELETE FROM token_stays WHERE since < ?');
    this.#many = database.prepare(
      'DELETE FROM token_stays WHERE since < (SELECT since FROM token_stays ORDER BY since DESC LIMIT 1 OFFSET ?)',
    );
  }

  /** Throws when the disk does not take it. */
  note(provider: ProviderId, tokens: readonly StoredToken[], now: number): void {
    const changed: [string, string, Stay][] = [];
    for (const token of tokens) {
      const key = tokenKey(provider, token.alias);
      const stay = stayOf(token, now);
      const known = this.#noted.get(key);
      if (known === undefined && stay.state === 'idle') continue;
      // Being well has no length that would matter.
      const text = stay.state === 'idle' ? 'idle' : `${stay.state} ${stay.since} ${stay.until}`;
      if (text !== known) changed.push([key, text, stay]);
    }
    if (changed.length === 0) return;
    inTransaction(this.#database, () => {
      for (const [key, , { state, since, until }] of changed) this.#put.run(key, since, state, until);
      this.#old.run(now - keepMs);
      this.#many.run(keepRows);
    });
    for (const [key, text] of changed) this.#noted.set(key, text);
  }

  /** By token, oldest first. */
  read(since: number): Map<string, Stay[]> {
    const stays = new Map<string, Stay[]>();
    for (const row of this.#since.all(since)) {
      const { token, since: began, state, until } = row;
      if (!isState(state)) continue;
      const known = stays.get(String(token)) ?? [];
      known.push({ state, since: Number(began), until: until === null ? null : Number(until) });
      stays.set(String(token), known);
    }
    return stays;
  }
}
