import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { ChatEvent } from '../../chat/events.ts';

/** What a request has brought, held by reference: nothing is copied while it is answered. */
export interface CapturedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface TimedBatch {
  readonly at: number;
  readonly events: readonly ChatEvent[];
}

/** Events kept of one answer. */
const mostEvents = 10_000;
/** What an event weighs beside its text. */
const eventWeight = 100;

function weightOf(event: ChatEvent): number {
  if (event.type === 'text' || event.type === 'reasoning') return event.text.length;
  return event.type === 'tool-call-delta' ? event.arguments.length : 0;
}

/**
 * One exchange as it goes by. While it lasts it only holds references to what others have made; what is to be shown is made of
 * them later (condense.ts).
 */
export class Capture {
  readonly request: CapturedRequest;
  readonly size: number;
  readonly batches: TimedBatch[] = [];
  responseHeaders: OutgoingHttpHeaders = {};
  cut = false;
  eventsLeftOut = 0;
  dropped = false;
  /** How much memory it may be said to hold. */
  weight: number;
  readonly #room: number;
  readonly #grown: (by: number) => void;
  readonly #received = performance.now();
  #characters = 0;
  #events = 0;

  /**
   * @param room characters of the answer that are kept
   * @param grown told how much more is held
   */
  constructor(request: CapturedRequest, room: number, grown: (by: number) => void) {
    this.request = request;
    this.size = Number(request.headers['content-length'] ?? 0) || 0;
    this.weight = this.size;
    this.#room = room;
    this.#grown = grown;
  }

  /** A batch on its way to the client. */
  events(batch: readonly ChatEvent[]): void {
    if (this.dropped) return;
    if (this.cut) {
      this.eventsLeftOut += batch.length;
      return;
    }
    let weight = batch.length * eventWeight;
    let verbatim = false;
    for (const event of batch) {
      weight += weightOf(event);
      verbatim ||= event.type === 'verbatim';
    }
    this.#characters += weight - batch.length * eventWeight;
    this.#events += batch.length;
    // The frames of the provider say again what the other events say.
    const events = verbatim ? batch.filter(({ type }) => type !== 'verbatim') : batch;
    this.batches.push({ at: performance.now() - this.#received, events });
    this.weight += weight;
    this.cut = this.#characters > this.#room || this.#events > mostEvents;
    this.#grown(weight);
  }

  /** Lets go of everything. */
  drop(): void {
    this.dropped = true;
    this.batches.length = 0;
  }
}
