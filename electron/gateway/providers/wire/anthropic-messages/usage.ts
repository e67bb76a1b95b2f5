import type { Usage } from '../../../chat/events.ts';
import { isRecord, recordIn, type Json } from '../shared/json.ts';

const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

const fields = ['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'] as const;

/** What a message has cost so far. The API repeats some counts in its end and counts what came from a cache apart. */
export class UsageCount {
  readonly #counts = new Map<string, number>();

  /** @param final false for the beginning of a message, whose count of output is a mere start. */
  take(usage: unknown, final: boolean): Usage | undefined {
    if (!isRecord(usage)) return undefined;
    for (const field of fields) this.#set(field, usage[field], final);
    this.#set('thinking_tokens', recordIn(usage, 'output_tokens_details')['thinking_tokens'], final);
    return this.#usage(usage);
  }

  #set(field: string, value: unknown, final: boolean): void {
    const number = count(value);
    if (number !== undefined && (final || field !== 'output_tokens')) this.#counts.set(field, number);
  }

  /** A prompt of no tokens at all means that the service does not count yet. */
  #usage(said: Json): Usage | undefined {
    const [input, output, read, written] = fields.map((field) => this.#counts.get(field));
    const whole = (input ?? 0) + (read ?? 0) + (written ?? 0);
    const reasoning = this.#counts.get('thinking_tokens');
    const usage: Usage = {
      ...(whole > 0 && { inputTokens: whole }),
      ...(whole > 0 && read !== undefined && { cachedTokens: read }),
      ...(output !== undefined && { outputTokens: output }),
      ...(reasoning !== undefined && { reasoningTokens: reasoning }),
    };
    return Object.keys(said).length > 0 && Object.keys(usage).length > 0 ? usage : undefined;
  }
}
