import type { ChatEvent, FinishReason, Usage } from '../../chat/events.ts';
import { TokenCounter } from '../../chat/token-count.ts';
import { mergeUsage } from '../shared/usage.ts';

export type StopReason = 'end_turn' | 'max_tokens' | 'tool_use' | 'refusal';

/** `tool_use` exactly when there are calls: clients that read it look for calls, the others do not. */
export function stopReason(reason: FinishReason, calls: number): StopReason {
  if (reason === 'length') return 'max_tokens';
  if (reason === 'content-filter') return 'refusal';
  return calls > 0 ? 'tool_use' : 'end_turn';
}

export interface UsageBody {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly output_tokens: number;
}

/** What is known of the cost, and an estimate of the rest, because clients calculate with these numbers and crash without. */
export class Meter {
  readonly #estimateInput: () => number;
  readonly #produced = new TokenCounter();
  #input: number | undefined;
  #usage: Usage = {};

  constructor(estimateInput: () => number) {
    this.#estimateInput = estimateInput;
  }

  /** Thinking that is not shown counts as well: the provider made it. */
  take(event: ChatEvent): void {
    if (event.type === 'text' || event.type === 'reasoning') this.#produced.add(event.text);
    else if (event.type === 'tool-call-delta') this.#produced.add(event.arguments);
    else if (event.type === 'tool-call-start') this.#produced.add(event.name);
    else if (event.type === 'usage') this.#usage = mergeUsage(this.#usage, event.usage);
  }

  /** Anthropic counts what came from the cache apart from the other input; providers count it in. */
  body(output: 'none' | 'all'): UsageBody {
    const { inputTokens, outputTokens, totalTokens, cachedTokens = 0 } = this.#usage;
    const input = inputTokens ?? this.#difference(totalTokens, outputTokens);
    const made = outputTokens ?? this.#difference(totalTokens, inputTokens) ?? this.#produced.count;
    return {
      input_tokens: input === undefined ? this.#estimated() : Math.max(0, input - cachedTokens),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: cachedTokens,
      output_tokens: output === 'none' ? 0 : made,
    };
  }

  #estimated(): number {
    this.#input ??= this.#estimateInput();
    return this.#input;
  }

  #difference(total: number | undefined, part: number | undefined): number | undefined {
    return total === undefined || part === undefined || total < part ? undefined : total - part;
  }
}
