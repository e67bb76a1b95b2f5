import type { ProviderId } from '../../../shared/provider.ts';
import type { GuestPool } from './guests.ts';
import type { Policy } from './health.ts';
import type { Strategy } from './select.ts';
import type { Shared } from './shared.ts';
import type { StoredToken } from './token-store.ts';

/** How requests share the credentials. */
export interface Sharing {
  readonly strategy: Strategy;
  /** Conversations stay with the token that answered them. */
  readonly sticky: boolean;
  /** Requests of one credential at once; 0: as many as come. */
  readonly concurrency: number;
  /** Requests that wait while all are busy, and how long each. */
  readonly queueLength: number;
  readonly queueMs: number;
}

export const plainSharing: Sharing = {
  strategy: 'round-robin',
  sticky: false,
  concurrency: 0,
  queueLength: 200,
  queueMs: 30_000,
};

export interface PoolOptions {
  readonly provider: ProviderId;
  /** The provider's, for messages. */
  readonly name: string;
  readonly clock: () => number;
  /** How far the clock people see is ahead of that one; without: not at all. */
  readonly ahead?: () => number;
  /** 0 to 1, for the spread of rests; without: none. */
  readonly random?: () => number;
  readonly policy: () => Policy;
  readonly sharing?: () => Sharing;
  /** Null where the provider has none. */
  readonly guests: GuestPool | null;
  readonly guestMode: () => boolean;
  /** When a secret says that it ends, in epoch milliseconds; null: it does not say. */
  readonly endOf?: (secret: string) => number | null;
  /** A token's health, counters or place has changed. */
  readonly changed: (token: StoredToken) => void;
  /** Other gateways that use the same tokens; without: there are none. */
  readonly shared?: Shared | undefined;
}
