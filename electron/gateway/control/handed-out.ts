import type { Logger } from 'pino';
import type { CallName } from '../../../shared/contract.ts';

const minuteMs = 60_000;

/** Calls that hand out what only its owner should get, and how often in a minute a person can mean it. */
const perMinute: ReadonlyMap<CallName, number> = new Map([
  ['tokens.reveal', 5],
  ['tokens.export', 5],
  ['data.export', 5],
  ['tokens.copy', 20],
]);

export const isHandingOut = (call: CallName): boolean => perMinute.has(call);

/** Keeps who has taken over a window from reading all tokens at once, and leaves a trace of each that was handed out. */
export class HandedOut {
  readonly #log: Logger;
  readonly #clock: () => number;
  readonly #taken = new Map<CallName, number[]>();

  constructor(log: Logger, clock: () => number = () => performance.now()) {
    this.#log = log;
    this.#clock = clock;
  }

  /** Whether it may be handed out now; if so, it counts and stands in the log. @param input names the token, never its value */
  may(call: CallName, input: unknown): boolean {
    const most = perMinute.get(call);
    if (most === undefined) return true;
    const now = this.#clock();
    const taken = (this.#taken.get(call) ?? []).filter((at) => at > now - minuteMs);
    this.#taken.set(call, taken);
    const ids = idsOf(input);
    if (taken.length >= most) {
      this.#log.warn({ call, ids }, 'a secret was asked for too often, and not handed out');
      return false;
    }
    taken.push(now);
    this.#log.info({ call, ids }, 'a secret was handed out to the window');
    return true;
  }
}

const mostNamed = 20;

function idsOf(input: unknown): unknown[] {
  if (typeof input !== 'object' || input === null) return [];
  if ('id' in input) return [input.id];
  return 'ids' in input && Array.isArray(input.ids) ? input.ids.slice(0, mostNamed) : [];
}
