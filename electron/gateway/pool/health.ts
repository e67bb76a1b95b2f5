import type { Blame } from '../../../shared/blame.ts';
import type { Evidence, TokenState } from '../../../shared/token.ts';
import { type RestLengths, restMs } from './rest.ts';

/** What was found out about a credential; `off`, `locked` and `probing` are circumstances and kept elsewhere (`shownState`). */
export const healthStates = ['unverified', 'ready', 'degraded', 'cooling', 'quota', 'guest', 'invalid'] as const;
export type HealthState = (typeof healthStates)[number];

/** Why a credential is as it is: an error code, one English sentence, and what was seen of others at that time. */
export interface Reason {
  readonly code: string;
  readonly message: string;
  readonly evidence: Evidence | null;
}

export interface Health {
  readonly state: HealthState;
  /** In a row. */
  readonly failures: number;
  /** In a row; each is longer than the one before. */
  readonly rests: number;
  /** Epoch milliseconds at which the state began, and at which it ends by itself. */
  readonly since: number | null;
  readonly until: number | null;
  readonly reason: Reason | null;
}

export type HealthEvent =
  | {
      readonly type: 'verified';
      readonly outcome: 'user' | 'guest' | 'invalid' | 'unreachable';
      readonly code?: string | undefined;
      readonly message: string | null;
    }
  /** The first of an answer has come. `begun`: when its request was sent, as for all that follow. */
  | { readonly type: 'answered'; readonly begun: number }
  | { readonly type: 'success'; readonly begun: number }
  | {
      readonly type: 'failure';
      readonly begun: number;
      readonly blame: Blame;
      readonly code: string;
      readonly message: string;
      readonly retryAfterMs: number | null;
      readonly evidence: Evidence | null;
      /** No other credential could answer now. */
      readonly lastUsable: boolean;
    }
  /** What another gateway with the same credential has found out: it rests, or a rest of it is over. */
  | ({ readonly type: 'rests-elsewhere' } & Pick<Health, 'failures' | 'rests'> & {
        readonly state: 'cooling' | 'quota';
        readonly until: number;
        readonly reason: Reason;
      })
  | { readonly type: 'recovered-elsewhere' };
export type Failure = Extract<HealthEvent, { type: 'failure' }>;

export interface Policy {
  /** TOKEN_FAILURE_THRESHOLD: consecutive failures of the provider before a credential rests. */
  readonly failureThreshold: number;
  /** TOKEN_RECOVERY_TIMEOUT in milliseconds: how long it then rests. */
  readonly recoveryMs: number;
  /** How long a credential rests that is called too fast; without, as `rest.ts` has it. */
  readonly rate?: RestLengths;
}

/** When it is, and 0 to 1 for the spread of rests. */
export interface Moment {
  readonly now: number;
  readonly random: number;
}

export const fresh: Health = { state: 'unverified', failures: 0, rests: 0, since: null, until: null, reason: null };

/** Whom a failure concerns. A rule says what becomes of a credential that is in use or resting. */
type Rule = (health: Health, failure: Failure, moment: Moment, policy: Policy) => Health;

const untouched: Rule = (health) => health;

const rests =
  (state: 'cooling' | 'quota', kind: 'rate' | 'quota' | 'refused'): Rule =>
  (health, failure, { now, random }, policy) => {
    // Requests that ran side by side are refused side by side: that is one rest, not several.
    const same = isResting(health) && failure.begun < (health.since ?? 0);
    const before = same ? health.rests - 1 : health.rests;
    const until = now + restMs(kind, failure.retryAfterMs, before, random, kind === 'rate' ? policy.rate : undefined);
    return {
      state: same ? health.state : state,
      failures: health.failures + 1,
      rests: before + 1,
      since: same ? health.since : now,
      until: Math.max(until, same ? (health.until ?? 0) : 0),
      reason: reasonOf(failure),
    };
  };

/** A token that is refused while others are refused alike may not be to blame: it rests, and a second refusal decides. */
const refused: Rule = (health, failure, moment, policy) => {
  const again = isResting(health) && health.reason?.code === failure.code && failure.begun >= (health.since ?? 0);
  if (failure.evidence === 'others-alike' && !again)
    return rests('cooling', 'refused')(health, failure, moment, policy);
  return { ...final('invalid', reasonOf(failure), moment), failures: health.failures + 1 };
};

/** A provider's failures lower the rank of a credential and rest it after the threshold, unless nobody else is left or all fail alike. */
const troubled: Rule = (health, failure, { now, random }, policy) => {
  if (isResting(health) && failure.begun < (health.since ?? 0)) return health;
  const failures = health.failures + 1;
  const reason = reasonOf(failure);
  const spared = failure.lastUsable || failure.evidence === 'others-alike';
  const rest = { failures, rests: health.rests + 1, since: now, reason };
  if (failure.retryAfterMs !== null)
    return {
      ...rest,
      state: 'cooling',
      until: now + restMs('rate', failure.retryAfterMs, health.rests, random, policy.rate),
    };
  if (failures >= policy.failureThreshold && !spared)
    return { ...rest, state: 'cooling', until: now + restMs('provider', policy.recoveryMs, health.rests, random) };
  return { state: 'degraded', failures, rests: health.rests, since: now, until: null, reason };
};

const afterFailure: Record<Blame, Rule> = {
  credential: refused,
  rate: rests('cooling', 'rate'),
  quota: rests('quota', 'quota'),
  provider: troubled,
  request: untouched,
  'client-version': untouched,
  captcha: untouched,
  network: untouched,
  client: untouched,
  gateway: untouched,
};

/**
 * The only place where a credential's health changes: a pure function of the old health, what happened and the time.
 * Only a check brings a guest or an invalid token back; news that is older than a rest does not end it.
 */
export function nextHealth(health: Health, event: HealthEvent, moment: Moment, policy: Policy): Health {
  if (event.type === 'verified') return afterCheck(health, event, moment);
  if (health.state === 'guest' || health.state === 'invalid') return health;
  if (event.type === 'failure') return afterFailure[event.blame](health, event, moment, policy);
  if (event.type === 'rests-elsewhere') return afterNews(health, event, moment);
  if (event.type === 'recovered-elsewhere') return isResting(health) ? degraded(health, moment) : health;
  const old = isResting(health) && event.begun < (health.since ?? 0);
  if (old) return health;
  if (event.type === 'success') return healthy(moment);
  return isResting(health) ? degraded(health, moment) : health;
}

/** Gateways agree on the longest rest; what differs by less is only the time the news took. */
function afterNews(health: Health, news: Extract<HealthEvent, { type: 'rests-elsewhere' }>, { now }: Moment): Health {
  const known = isResting(health) && news.until <= (health.until ?? 0) + newsMs;
  if (known || news.until <= now) return health;
  const { state, until, reason } = news;
  const failures = Math.max(health.failures, news.failures);
  return { state, failures, rests: Math.max(health.rests, news.rests), since: now, until, reason };
}

/** Whether it was another gateway that found something out. */
export const isNews = ({ type }: HealthEvent): boolean => type === 'rests-elsewhere' || type === 'recovered-elsewhere';

function afterCheck(health: Health, event: Extract<HealthEvent, { type: 'verified' }>, moment: Moment): Health {
  const { outcome, code, message } = event;
  const note = (fallback: string, sentence: string): Reason => ({
    code: code ?? fallback,
    message: message ?? sentence,
    evidence: null,
  });
  switch (outcome) {
    case 'user':
      if (code === 'quota_exceeded') {
        const until = moment.now + restMs('quota', null, health.rests, moment.random);
        const reason = note('quota_exceeded', 'The quota of this token is used up.');
        return { ...health, state: 'quota', rests: health.rests + 1, since: moment.now, until, reason };
      }
      // Who it belongs to says nothing about how often it may ask.
      if (health.state === 'cooling' && fitness(health, moment.now) === 'unfit') return health;
      return message === null ? healthy(moment) : { ...healthy(moment), reason: note('check_note', message) };
    case 'guest':
      return final(
        'guest',
        note('guest_token', 'The provider says this is a guest.'),
        sinceBefore(health, 'guest', moment),
      );
    case 'invalid':
      return {
        ...final(
          'invalid',
          note('upstream_auth_failed', 'The provider rejected this token.'),
          sinceBefore(health, 'invalid', moment),
        ),
        failures: health.failures,
      };
    case 'unreachable': {
      // Nothing was learnt about the token, so nothing about it changes; what explains a rest stays.
      const free = health.state === 'unverified' || health.state === 'ready';
      const reason = { code: 'check_unreachable', message: message ?? 'The check could not reach the provider.' };
      return free ? { ...health, reason: { ...reason, evidence: null } } : health;
    }
  }
}

const reasonOf = ({ code, message, evidence }: Failure): Reason => ({ code, message, evidence });
const newsMs = 1_000;
const degraded = (health: Health, { now }: Moment): Health => ({
  ...health,
  state: 'degraded',
  since: now,
  until: null,
});
export const isResting = ({ state }: Health): boolean => state === 'cooling' || state === 'quota';
const healthy = ({ now }: Moment): Health => ({ ...fresh, state: 'ready', since: now });
/** What a check finds as it was has been so for longer. */
const sinceBefore = ({ state, since }: Health, found: HealthState, moment: Moment): Moment =>
  state === found && since !== null ? { ...moment, now: since } : moment;
const final = (state: 'guest' | 'invalid', reason: Reason, { now }: Moment): Health => ({
  ...fresh,
  state,
  since: now,
  reason,
});

/** `probe`: its rest is over, and exactly one request may find out whether it has recovered. */
export function fitness(health: Health, now: number): 'fit' | 'probe' | 'unfit' {
  switch (health.state) {
    case 'ready':
    case 'degraded':
    case 'unverified':
      return 'fit';
    case 'cooling':
    case 'quota': {
      // A clock that was set back must not make a rest longer.
      const over = health.until === null || health.until <= now || now < (health.since ?? 0);
      return over ? 'probe' : 'unfit';
    }
    case 'guest':
    case 'invalid':
      return 'unfit';
  }
}

/** Where a credential stands as a whole. What the user or the storage says goes before what was found out. */
export function shownState(is: {
  readonly health: Health;
  /** It cannot be read: the key that sealed it is missing. */
  readonly locked: boolean;
  readonly enabled: boolean;
  readonly checking: boolean;
  readonly probing: boolean;
}): TokenState {
  if (is.locked) return 'locked';
  if (is.checking) return 'checking';
  if (!is.enabled) return 'off';
  return is.probing ? 'probing' : is.health.state;
}
