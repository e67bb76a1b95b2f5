/**
 * Whether a provider is asked at all. Closed: yes. Open: no, until its time is over. Then exactly one request is let
 * through, and its outcome decides. A pure table; times are milliseconds of any clock.
 */
export interface Breaker {
  readonly state: 'closed' | 'open' | 'probing';
  /** In a row, while closed. */
  readonly failures: number;
  /** How often in a row it has opened. */
  readonly opened: number;
  /** When it was opened, and until when. */
  readonly since: number;
  readonly until: number;
}

export type BreakerEvent =
  /** `begun`: when the request was sent. */
  | { readonly type: 'answered'; readonly begun: number }
  /** Failed through the fault of the provider or of the way to it. */
  | { readonly type: 'failed'; readonly begun: number }
  /** Ended without saying anything about the provider: the client left, no credential. */
  | { readonly type: 'left' };

export const closed: Breaker = { state: 'closed', failures: 0, opened: 0, since: 0, until: 0 };

const threshold = 5;
const firstMs = 1_000;
/** Short, so that a provider that is back is noticed within seconds; a question every few seconds harms nobody. */
const mostMs = 4_000;

export function nextBreaker(breaker: Breaker, event: BreakerEvent, now: number, random: number): Breaker {
  const old = event.type !== 'left' && breaker.state !== 'closed' && event.begun < breaker.since;
  switch (event.type) {
    case 'answered':
      return old ? breaker : closed;
    case 'left':
      // The next request probes instead.
      return breaker.state === 'probing' ? { ...breaker, state: 'open', until: now } : breaker;
    case 'failed': {
      if (old || breaker.state === 'open') return breaker;
      const failures = breaker.failures + 1;
      if (breaker.state === 'closed' && failures < threshold) return { ...breaker, failures };
      const longest = Math.min(firstMs * 2 ** breaker.opened, mostMs);
      const until = now + Math.round(longest * (0.75 + 0.25 * random));
      return { state: 'open', failures, opened: Math.min(breaker.opened + 1, 10), since: now, until };
    }
  }
}

/** Lets a request through or not. The one that is let through an open breaker is the probe. */
export function enter(breaker: Breaker, now: number): { readonly may: boolean; readonly next: Breaker } {
  if (breaker.state === 'closed') return { may: true, next: breaker };
  // A clock that was set back must not keep it open.
  const over = breaker.state === 'open' && (now >= breaker.until || now < breaker.since);
  return over ? { may: true, next: { ...breaker, state: 'probing', since: now } } : { may: false, next: breaker };
}
