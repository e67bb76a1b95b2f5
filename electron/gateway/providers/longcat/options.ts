import { setTimeout as wait } from 'node:timers/promises';
import { cancelled } from '../wire/shared/transport.ts';
import { createProfile } from '../wire/web/profile.ts';

/** The two generations of the site's own API (README: Generations). */
export type Generation = 'v1' | 'v2';

/** Settings and the few impure things, injectable so that fixtures come out exact. */
export interface LongCatOptions {
  /** Origin of the site, without a slash at the end. */
  readonly baseUrl?: string | undefined;
  /** Which generation is asked first (default: the newer). */
  readonly generation?: Generation | undefined;
  readonly userAgent?: string | undefined;
  readonly clock?: (() => number) | undefined;
  /** Milliseconds between two new sessions of one account. */
  readonly sessionGapMs?: number | undefined;
  /** Milliseconds before each further try at a session that was refused as too fast. */
  readonly backoffMs?: readonly number[] | undefined;
  readonly pause?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

/** The options with every gap filled. */
export interface Setup {
  readonly baseUrl: string;
  readonly generation: Generation;
  readonly userAgent: string;
  readonly clock: () => number;
  readonly sessionGapMs: number;
  readonly backoffMs: readonly number[];
  /** Throws ChatError `client_closed` when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

const paused = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => {
    throw cancelled();
  });

export function completed(options: LongCatOptions): Setup {
  return {
    baseUrl: (options.baseUrl ?? 'https://longcat.chat').replace(/\/+$/, ''),
    generation: options.generation ?? 'v2',
    userAgent: options.userAgent ?? createProfile('LongCat').userAgent,
    clock: options.clock ?? Date.now,
    sessionGapMs: options.sessionGapMs ?? 500,
    backoffMs: options.backoffMs ?? [500, 1_000],
    pause: options.pause ?? paused,
  };
}
