import type { Health, HealthEvent } from './health.ts';
import type { StoredToken } from './token-store.ts';

/** Of one token at most `limit` requests hold a place of this name at once, whichever gateways they run in. */
export interface Place {
  readonly name: string;
  readonly limit: number;
}

/** Whether the places of one lease were to be had: what gives them back, or the name of the one that others hold. */
export type Claim =
  | { readonly granted: true; readonly release: () => void }
  | { readonly granted: false; readonly full: string };

/** Where news about a token is told. */
export interface Listener {
  /** What another gateway has found out about it. */
  report(id: string, event: HealthEvent): void;
  /** Places of it may be free again. */
  reopen(id: string): void;
}

/** What the gateways that use the same tokens tell each other. */
export interface Shared {
  /** A token has come; what others know about it is told to `pool`, later. */
  joined(token: StoredToken, pool: Listener): void;
  left(token: StoredToken): void;
  /** Its health has changed, by what happened in this gateway. */
  changed(token: StoredToken, before: Health): void;
  /** Never fails, and answers soon: where nobody can be asked the places of this gateway are all that count. */
  claim(token: StoredToken, places: readonly Place[]): Promise<Claim>;
}

/** All requests of a token, those of one slot, and the one that finds out whether it has recovered. */
export const placeNames = { all: 'all', slot: (name: string) => `slot:${name}`, probe: 'probe' } as const;

/** The places one lease takes. */
export function placesOf(
  concurrency: number,
  slot: { readonly name: string; readonly limit: number } | undefined,
  probe: boolean,
): Place[] {
  return [
    ...(concurrency > 0 ? [{ name: placeNames.all, limit: concurrency }] : []),
    ...(slot ? [{ name: placeNames.slot(slot.name), limit: slot.limit }] : []),
    ...(probe ? [{ name: placeNames.probe, limit: 1 }] : []),
  ];
}
