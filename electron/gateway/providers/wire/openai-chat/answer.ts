import { ChatError } from '../../../chat/errors.ts';
import type { FinishReason, Usage } from '../../../chat/events.ts';
import { isRecord, listIn, recordIn, textIn, type Json } from '../shared/json.ts';
import type { Sink } from '../shared/sink.ts';
import { Calls } from './calls.ts';
import { Citations } from './citations.ts';
import { callsOf, contentOf, reasoningOf } from './delta.ts';
import { finishReason } from './finish.ts';
import { InlineThinking, type Told } from './inline-thinking.ts';
import type { Source } from './source.ts';
import { usageIn } from './usage.ts';

const sizeLimit = 16 << 20;

/** Makes events of the frames of one answer, or of the one frame that a whole reply is. Throws ChatError. */
export class Answer {
  readonly #source: Source;
  readonly #sink: Sink;
  readonly #calls: Calls;
  readonly #citations = new Citations();
  readonly #inline: InlineThinking;
  #usage: Usage | undefined;
  #reason: FinishReason | undefined;
  #size = 0;
  /** Whether a choice has been seen at all. */
  begun = false;

  constructor(source: Source, sink: Sink) {
    this.#source = source;
    this.#sink = sink;
    this.#calls = new Calls(source);
    this.#inline = new InlineThinking(source);
  }

  /** Whether the service has said why the answer ends. */
  get reasoned(): boolean {
    return this.#reason !== undefined;
  }

  take(frame: Json): void {
    const usage = usageIn(frame);
    if (usage) this.#usage = { ...this.#usage, ...usage };
    const choice = listIn(frame, 'choices')?.find((one) => isRecord(one) && (one['index'] ?? 0) === 0);
    if (!isRecord(choice)) {
      this.#sink.events.push(...this.#citations.take(frame, {}));
      return;
    }
    this.begun = true;
    const message = isRecord(choice['delta']) ? choice['delta'] : recordIn(choice, 'message');
    this.#message(message, textIn(choice, 'text') ?? '');
    this.#sink.events.push(...this.#citations.take(frame, message));
    const reason = textIn(choice, 'finish_reason');
    if (reason !== undefined) this.#reason = finishReason(reason, this.#source);
  }

  /** The last events: what was held back, the ends of the calls, usage, and the end itself. */
  finish(verbatim: string): void {
    const reason = this.#reason ?? 'stop';
    const called = this.#calls.count > 0;
    this.#tell(this.#inline.end(reason === 'stop' && !called));
    this.#calls.close(this.#sink);
    const natural = reason === 'stop' || reason === 'tool-calls';
    this.#sink.close(
      ...(this.#usage ? [{ type: 'usage', usage: this.#usage } as const] : []),
      ...(verbatim === '' ? [] : [{ type: 'verbatim', text: verbatim } as const]),
      { type: 'finish', reason: natural ? (called ? 'tool-calls' : 'stop') : reason },
    );
  }

  /** The answer breaks off: what was held back is reasoning or nothing. */
  abandon(): void {
    this.#tell(this.#inline.end(false));
  }

  #message(message: Json, legacyText: string): void {
    const { text: reasoning, signature } = reasoningOf(message);
    this.#reasoning(reasoning, signature);
    const content = contentOf(message) || legacyText;
    if (content !== '') this.#tell(this.#inline.push(content));
    this.#calls.take(callsOf(message), this.#sink);
    this.#size += reasoning.length + content.length;
    if (this.#size + this.#calls.size > sizeLimit) {
      throw new ChatError('upstream_protocol', `The answer of ${this.#source.name} is longer than 16 MB.`);
    }
  }

  #reasoning(text: string, signature: string | undefined): void {
    this.#sink.text('reasoning', text);
    if (signature !== undefined) this.#sink.events.push({ type: 'reasoning', text: '', signature });
  }

  #tell({ reasoning, text }: Told): void {
    this.#sink.text('reasoning', reasoning);
    this.#sink.text('text', text);
  }
}
