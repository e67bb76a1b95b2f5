import type { ChatEvent } from '../../chat/events.ts';
import type { ChatRequest, Part } from '../../chat/request.ts';

/** A rule of thumb for English text; no model stands behind these answers, so there is nothing to count exactly. */
const charactersPerToken = 4;

function tokens(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}

function length(part: Part): number {
  switch (part.type) {
    case 'tool-call':
      return part.name.length + part.arguments.length;
    case 'tool-result':
      return part.content.reduce((sum, inner) => sum + length(inner), 0);
    case 'image':
      return 0;
    case 'text':
    case 'reasoning':
    default:
      return part.text.length;
  }
}

/** Counts an answer while it passes by, and writes its end. */
export class Tally {
  readonly #input: number;
  #reasoning = 0;
  #other = 0;
  #calls = 0;

  constructor(request: ChatRequest) {
    this.#input = request.messages.reduce(
      (sum, { content }) => content.reduce((part, next) => part + length(next), sum),
      0,
    );
  }

  add(events: readonly ChatEvent[]): void {
    for (const event of events) {
      if (event.type === 'text') this.#other += event.text.length;
      else if (event.type === 'reasoning') this.#reasoning += event.text.length;
      else if (event.type === 'tool-call-delta') this.#other += event.arguments.length;
      else if (event.type === 'tool-call-start') this.#calls += 1;
    }
  }

  /** The estimated usage and the finish event. */
  end(): ChatEvent[] {
    const inputTokens = tokens(this.#input);
    const reasoningTokens = tokens(this.#reasoning);
    const outputTokens = tokens(this.#other) + reasoningTokens;
    return [
      { type: 'usage', usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens, reasoningTokens } },
      { type: 'finish', reason: this.#calls > 0 ? 'tool-calls' : 'stop' },
    ];
  }
}
