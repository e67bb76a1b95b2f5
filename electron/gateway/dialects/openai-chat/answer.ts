/** What the stream and the whole reply must agree on: calls, citations, the reason of the end. */
import type { ChatEvent, FinishReason } from '../../chat/events.ts';

type Start = Extract<ChatEvent, { type: 'tool-call-start' }>;
type Citation = Extract<ChatEvent, { type: 'citation' }>;

export interface Call {
  /** The `index` clients see: 0, 1, 2 … in order of appearance, whatever the provider counts. */
  readonly position: number;
  /** Never empty: clients drop a call without id. */
  readonly id: string;
  readonly name: string;
  /** Whether any argument text has come; a call that ends without has `{}`. */
  filled: boolean;
}

/** The calls of one answer. Fragments of a call that was never started, or has ended, belong to nothing and are dropped. */
export class CallTable {
  readonly #open = new Map<number, Call>();
  readonly #answerId: string;
  count = 0;

  constructor(answerId: string) {
    this.#answerId = answerId;
  }

  start(event: Start): Call {
    const position = this.count;
    this.count += 1;
    const call = { position, id: event.id || `call_${this.#answerId}_${position}`, name: event.name, filled: false };
    this.#open.set(event.index, call);
    return call;
  }

  get(index: number): Call | undefined {
    return this.#open.get(index);
  }

  end(index: number): Call | undefined {
    const call = this.#open.get(index);
    this.#open.delete(index);
    return call;
  }

  /** Ends what the provider left open. */
  endAll(): Call[] {
    const calls = [...this.#open.values()];
    this.#open.clear();
    return calls;
  }
}

export interface Annotation {
  readonly type: 'url_citation';
  readonly url_citation: {
    readonly url: string;
    readonly title: string;
    readonly start_index: number;
    readonly end_index: number;
  };
}

/** Providers name a source, not a passage, so both indexes say where in the text the source came up. SDK schemas require all four fields. */
export function annotation(citation: Citation, place: number): Annotation {
  const { url } = citation;
  return {
    type: 'url_citation',
    url_citation: { url, title: citation.title || url, start_index: place, end_index: place },
  };
}

const words = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
} as const;

/** Clients run calls only on `tool_calls` and look for calls whenever they read it, so it is said exactly when there are some. */
export function finishReason(reason: FinishReason, calls: number): (typeof words)[FinishReason] {
  if (reason === 'stop' || reason === 'tool-calls') return calls > 0 ? 'tool_calls' : 'stop';
  return words[reason];
}
