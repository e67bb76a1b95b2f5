import type { Blame } from '../../../shared/blame.ts';

/** What is known about a credential's fitness. `failures` counts consecutive ones; `until` is epoch milliseconds. */
export interface Health {
  readonly state: 'unverified' | 'ready' | 'degraded' | 'cooling' | 'quota' | 'guest' | 'invalid';
  readonly failures: number;
  readonly until: number | null;
  /** Error code and sentence of what put it here. */
  readonly reason: { readonly code: string; readonly message: string } | null;
}

export type HealthEvent =
  | {
      readonly type: 'verified';
      readonly outcome: 'user' | 'guest' | 'invalid' | 'unreachable';
      readonly message: string | null;
    }
  | { readonly type: 'success' }
  | {
      readonly type: 'failure';
      readonly blame: Blame;
      readonly code: string;
      readonly message: string;
      readonly retryAfterMs: number | null;
      readonly lastUsable: boolean;
    };

export interface Policy {
  /** TOKEN_FAILURE_THRESHOLD: consecutive failures of the provider before a credential rests. */
  readonly failureThreshold: number;
  /** TOKEN_RECOVERY_TIMEOUT in milliseconds: how long it then rests. */
  readonly recoveryMs: number;
}

export const fresh: Health = { state: 'unverified', failures: 0, until: null, reason: null };

const rateBaseMs = 30_000;
const rateMaxMs = 30 * 60_000;
const quotaMs = 60 * 60_000;
const quotaMaxMs = 26 * 60 * 60_000;

const bounded = (asked: number | null, fallback: number, max: number): number =>
  asked !== null && Number.isFinite(asked) && asked > 0 ? Math.min(asked, max) : fallback;

/**
 * The only place where a credential's health changes: a pure function of the old health, what happened and the time.
 * Only a failure that the credential (or its rate, or its quota) is to blame for rests it at once. A provider's failures
 * lower its rank, and rest it after the threshold, unless it is the last one that could answer.
 */
export function nextHealth(health: Health, event: HealthEvent, now: number, policy: Policy): Health {
  switch (event.type) {
    case 'success':
      return { state: 'ready', failures: 0, until: null, reason: null };
    case 'verified':
      return afterCheck(health, event);
    case 'failure':
      return afterFailure(health, event, now, policy);
  }
}

function afterCheck(health: Health, { outcome, message }: Extract<HealthEvent, { type: 'verified' }>): Health {
  switch (outcome) {
    case 'user':
      return { state: 'ready', failures: 0, until: null, reason: null };
    case 'guest':
      return {
        state: 'guest',
        failures: 0,
        until: null,
        reason: { code: 'guest_token', message: message ?? 'The provider says this is a guest.' },
      };
    case 'invalid':
      return {
        state: 'invalid',
        failures: health.failures,
        until: null,
        reason: { code: 'upstream_auth_failed', message: message ?? 'The provider rejected this token.' },
      };
    case 'unreachable':
      // Nothing was learnt about the token, so nothing about it changes but the note.
      return {
        ...health,
        reason: { code: 'check_unreachable', message: message ?? 'The check could not reach the provider.' },
      };
  }
}

function afterFailure(
  health: Health,
  event: Extract<HealthEvent, { type: 'failure' }>,
  now: number,
  policy: Policy,
): Health {
  const reason = { code: event.code, message: event.message };
  const failures = health.failures + 1;
  switch (event.blame) {
    case 'credential':
      return { state: 'invalid', failures, until: null, reason };
    case 'rate':
      return { state: 'cooling', failures, until: now + bounded(event.retryAfterMs, rateBaseMs, rateMaxMs), reason };
    case 'quota':
      return { state: 'quota', failures, until: now + bounded(event.retryAfterMs, quotaMs, quotaMaxMs), reason };
    case 'provider':
      if (failures >= policy.failureThreshold && !event.lastUsable)
        return { state: 'cooling', failures, until: now + policy.recoveryMs, reason };
      return { state: 'degraded', failures, until: null, reason };
    case 'request':
    case 'client-version':
    case 'captcha':
    case 'network':
    case 'client':
    case 'gateway':
      return health;
  }
}

/** `probe`: its rest is over, and exactly one request may find out whether it has recovered. */
export function fitness(health: Health, now: number): 'fit' | 'probe' | 'unfit' {
  switch (health.state) {
    case 'ready':
    case 'degraded':
    case 'unverified':
      return 'fit';
    case 'cooling':
    case 'quota':
      return health.until !== null && health.until <= now ? 'probe' : 'unfit';
    case 'guest':
    case 'invalid':
      return 'unfit';
  }
}
