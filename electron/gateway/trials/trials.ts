import type { Exchange } from '../../../shared/exchange.ts';
import type { GatewayState } from '../../../shared/state.ts';
import {
  guestToken,
  type AskedTrial as Asked,
  type TrialEnd,
  type TrialStep,
  type TrialView,
} from '../../../shared/trials.ts';
import { Refusal } from '../control/dispatch.ts';
import type { LeaseWish } from '../pool/lease.ts';
import { post, type Posted } from './post.ts';
import { Tickets } from './tickets.ts';
import { Transcript } from './transcript.ts';

export interface TrialsOptions {
  readonly state: () => Pick<GatewayState, 'status' | 'baseUrl'>;
  readonly clientKey: () => string | null;
  readonly exchange: (id: string) => Exchange | null;
  readonly tell: (step: TrialStep) => void;
}

/** `agent`: in the name of another program. */
type Sent = Asked & { readonly agent?: string | undefined };

interface Trial {
  readonly id: string;
  readonly transcript: Transcript;
  readonly abort: AbortController;
  exchangeId: string | null;
  end: TrialEnd | null;
  timer: NodeJS.Timeout | null;
}

const batchMs = 60;
const keptEnded = 20;
const mostRunning = 32;

/**
 * Requests of the gateway to itself: over its own address and with its own key, so that each takes the way of every
 * client's, is in Logs like any other, and no key has to leave the gateway. What comes back is told in batches.
 */
export class Trials {
  readonly #options: TrialsOptions;
  readonly #tickets = new Tickets();
  /** In the order of their start; those that have ended make room for new ones. */
  readonly #trials = new Map<string, Trial>();

  constructor(options: TrialsOptions) {
    this.#options = options;
  }

  /** What belongs to a request of ours, for whoever answers it. */
  get mark(): Tickets['redeem'] {
    return this.#tickets.redeem;
  }

  /** Resolves when the request was accepted, or came to its end before. Throws Refusal. */
  async start(id: string, asked: Asked): Promise<{ id: string; exchangeId: string | null }> {
    const { promise: taken, resolve } = Promise.withResolvers<void>();
    const { trial, ended } = this.#begin(id, asked, resolve);
    await Promise.race([taken, ended]);
    return { id, exchangeId: trial.exchangeId };
  }

  /** Sends it and waits for the end. Throws Refusal. */
  async run(id: string, asked: Sent, signal?: AbortSignal): Promise<TrialView> {
    const { trial, ended } = this.#begin(id, asked, () => {});
    const stop = () => trial.abort.abort();
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    await ended;
    signal?.removeEventListener('abort', stop);
    return view(trial);
  }

  get(id: string): TrialView | null {
    const trial = this.#trials.get(id);
    return trial ? view(trial) : null;
  }

  /** How many of these were still running. */
  cancel(ids: readonly string[]): number {
    const running = ids.flatMap((id) => this.#trials.get(id) ?? []).filter(({ end }) => end === null);
    for (const { abort } of running) abort.abort();
    return running.length;
  }

  #begin(id: string, asked: Sent, taken: () => void): { trial: Trial; ended: Promise<void> } {
    const { status } = this.#options.state();
    if (status !== 'running') throw new Refusal('Traygate is not running.', 'not_running');
    const running = [...this.#trials.values()].filter(({ end }) => end === null);
    if (this.#trials.get(id)?.end === null) throw new Refusal('A test of this name is running.');
    if (running.length >= mostRunning) throw new Refusal(`${mostRunning} tests are running; wait for one to end.`);
    const transcript = new Transcript();
    const trial: Trial = { id, transcript, abort: new AbortController(), exchangeId: null, end: null, timer: null };
    this.#trials.delete(id);
    this.#trials.set(id, trial);
    this.#makeRoom();
    return { trial, ended: this.#send(trial, asked, taken) };
  }

  async #send(trial: Trial, asked: Sent, taken: () => void): Promise<void> {
    const { transcript, abort } = trial;
    const ticket = this.#tickets.issue({
      purpose: asked.origin === 'client' ? null : asked.origin,
      replayOf: asked.replayOf,
      provider: asked.provider,
      lease: leaseFor(asked),
      toolMode: asked.toolMode,
      took: (exchangeId) => {
        trial.exchangeId = exchangeId;
        this.#tellSoon(trial);
        taken();
      },
      saw: (events) => {
        transcript.push(events);
        this.#tellSoon(trial);
      },
    });
    let late = false;
    const timer =
      asked.timeoutMs === null
        ? undefined
        : setTimeout(() => {
            late = true;
            abort.abort();
          }, asked.timeoutMs);
    let posted: Posted | null = null;
    try {
      const { dialect, body, agent } = asked;
      const { baseUrl } = this.#options.state();
      const key = this.#options.clientKey();
      posted = await post({ baseUrl, key, ticket, dialect, body, agent, signal: abort.signal });
    } catch {
      // Cancelled, or the gateway has broken it off: the exchange says why.
    }
    clearTimeout(timer);
    this.#tickets.withdraw(ticket);
    trial.end = late ? timedOut(asked.timeoutMs ?? 0) : this.#endOf(trial, posted);
    if (trial.timer) clearTimeout(trial.timer);
    this.#tell(trial);
    this.#makeRoom();
  }

  #endOf({ exchangeId, abort }: Trial, posted: Posted | null): TrialEnd {
    if (abort.signal.aborted) return { outcome: 'cancelled', status: null, failure: null };
    const exchange = exchangeId === null ? null : this.#options.exchange(exchangeId);
    const status = posted?.status ?? null;
    const told = exchange?.failure ?? posted?.problem ?? null;
    const failure = told && { code: told.code, message: told.message };
    if (exchange?.outcome === 'cancelled') return { outcome: 'cancelled', status, failure };
    if (posted && failure === null) return { outcome: 'ok', status, failure: null };
    const broken = { code: 'internal_error', message: 'The gateway broke the answer off.' };
    return { outcome: 'failed', status, failure: failure ?? broken };
  }

  #tellSoon(trial: Trial): void {
    trial.timer ??= setTimeout(() => this.#tell(trial), batchMs);
  }

  #tell(trial: Trial): void {
    trial.timer = null;
    const { id, exchangeId, transcript, end } = trial;
    this.#options.tell({ id, exchangeId, ...transcript.take(), cut: transcript.cut, end });
  }

  #makeRoom(): void {
    const ended = [...this.#trials.values()].filter(({ end }) => end !== null);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - keptEnded))) this.#trials.delete(id);
  }
}

function leaseFor({ token, origin }: Asked): LeaseWish | undefined {
  const counted = origin === 'client';
  if (token === null) return { counted };
  return token === guestToken ? { counted, kind: 'guest' } : { counted, kind: 'user', token };
}

function timedOut(ms: number): TrialEnd {
  const message = `There was no complete answer within ${ms / 1000} s.`;
  return { outcome: 'failed', status: null, failure: { code: 'trial_timeout', message } };
}

function view({ id, exchangeId, transcript, end }: Trial): TrialView {
  return { id, exchangeId, ...transcript.whole(), end };
}
