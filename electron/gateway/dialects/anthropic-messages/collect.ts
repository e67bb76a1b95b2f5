import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent, FinishReason } from '../../chat/events.ts';
import type { AnswerHead, ReplyCollector } from '../dialect.ts';
import { isObject } from '../shared/fields.ts';
import { type Block, BlockRow, type BlockSink } from './blocks.ts';
import type { Asked } from './encode.ts';
import { Meter, stopReason } from './outcome.ts';
import { sign } from '../shared/signature.ts';

/** One `message` from the same events, saying the same as the stream. */
export class MessageCollector implements ReplyCollector, BlockSink {
  readonly #head: AnswerHead;
  readonly #shown: boolean;
  readonly #meter: Meter;
  readonly #row: BlockRow;
  readonly #blocks: { readonly block: Block; readonly pieces: string[] }[] = [];
  #finish: FinishReason | undefined;

  constructor(head: AnswerHead, { display, estimateInput }: Asked) {
    this.#head = head;
    this.#shown = display === 'shown';
    this.#meter = new Meter(estimateInput);
    this.#row = new BlockRow(this, head.id, display);
  }

  /** Throws the error of an `error` event: a broken answer has no reply. */
  push(events: readonly ChatEvent[]): void {
    for (const event of events) {
      if (this.#finish) return;
      if (event.type === 'error') throw event.error;
      this.#meter.take(event);
      this.#row.take(event);
      if (event.type === 'finish') this.#finish = event.reason;
    }
  }

  open(block: Block): void {
    this.#blocks.push({ block, pieces: [] });
  }

  piece(_block: Block, text: string): void {
    this.#blocks.at(-1)?.pieces.push(text);
  }

  close(): void {
    // Nothing is sent before all is there.
  }

  /** Throws ChatError `upstream_truncated` when no `finish` has come. */
  reply(): object {
    if (!this.#finish)
      throw new ChatError('upstream_truncated', 'The provider ended the answer before it was complete.');
    this.#row.end();
    return {
      id: `msg_${this.#head.id}`,
      type: 'message',
      role: 'assistant',
      model: this.#head.model,
      content: this.#blocks.map(({ block, pieces }) => this.#content(block, pieces.join(''))),
      stop_reason: stopReason(this.#finish, this.#row.calls),
      stop_sequence: null,
      usage: this.#meter.body('all'),
    };
  }

  #content({ kind, id, name, filled, signature }: Block, text: string): object {
    if (kind === 'text') return { type: kind, text };
    if (kind === 'tool_use') return { type: kind, id, name, input: filled ? this.#input(text) : {} };
    return { type: kind, thinking: this.#shown ? text : '', signature: signature ?? sign(text, this.#shown) };
  }

  /**
   * Input must be an object. A call that the limit cut off has none worth having, and the stop reason says so; anything else is
   * shown in the form the vendor recommends, so that the client's tool refuses it and the model sees what it wrote.
   */
  #input(json: string): object {
    try {
      const input: unknown = JSON.parse(json);
      if (isObject(input)) return input;
    } catch {
      // Told below.
    }
    return this.#finish === 'length' ? {} : { INVALID_JSON: json };
  }
}
