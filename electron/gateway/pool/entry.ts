import type { LeaseWish } from './lease.ts';
import type { Candidate } from './select.ts';
import { placeNames } from './shared.ts';
import type { StoredToken } from './token-store.ts';

/** A token in its pool, with what is not stored. */
export class Entry implements Candidate {
  readonly token: StoredToken;
  inFlight = 0;
  turn = 0;
  share = 0;
  /** Epoch milliseconds at which it says that it ends. It is taken at its word once: a check that succeeds knows better. */
  endsAt: number;
  /** One request is finding out whether it has recovered. */
  probing = false;
  /** Names of places that other gateways hold all of. */
  readonly closed = new Set<string>();
  /** Running under each name of `LeaseWish.slot`. */
  readonly #slots = new Map<string, number>();

  constructor(token: StoredToken, endsAt: number | null = null) {
    this.token = token;
    this.endsAt = endsAt ?? Number.POSITIVE_INFINITY;
  }

  get degraded(): boolean {
    return this.token.health.state === 'degraded';
  }

  get priority(): number {
    return this.token.priority;
  }

  /** Whether it takes no further request now; `concurrency` 0: it takes any number. */
  isFull(concurrency: number, slot: LeaseWish['slot']): boolean {
    if (concurrency > 0 && (this.inFlight >= concurrency || this.closed.has(placeNames.all))) return true;
    if (slot === undefined) return false;
    return (this.#slots.get(slot.name) ?? 0) >= slot.limit || this.closed.has(placeNames.slot(slot.name));
  }

  /** Takes a place; what it returns gives it back. */
  take(slot: LeaseWish['slot']): () => void {
    this.inFlight++;
    if (slot) this.#slots.set(slot.name, (this.#slots.get(slot.name) ?? 0) + 1);
    return () => {
      this.inFlight--;
      if (!slot) return;
      const left = (this.#slots.get(slot.name) ?? 1) - 1;
      if (left > 0) this.#slots.set(slot.name, left);
      else this.#slots.delete(slot.name);
    };
  }

  /** Whether it can answer now or after a rest. */
  get isCandidate(): boolean {
    const { enabled, secret, health } = this.token;
    return enabled && secret !== null && health.state !== 'guest' && health.state !== 'invalid';
  }
}
