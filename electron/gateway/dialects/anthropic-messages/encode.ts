import type { ChatError } from '../../chat/errors.ts';
import type { ChatEvent, FinishReason } from '../../chat/events.ts';
import type { AnswerHead, StreamEncoder } from '../dialect.ts';
import { type Block, BlockRow, type BlockSink } from './blocks.ts';
import { errorBody } from './error-body.ts';
import { Meter, stopReason } from './outcome.ts';
import { sign } from '../shared/signature.ts';
import type { ThinkingDisplay } from './wishes.ts';

/** What the encoder needs to know of the request. */
export interface Asked {
  readonly display: ThinkingDisplay;
  readonly estimateInput: () => number;
}

/** Clients read the name, the official SDK nothing else: it is always the `type` of the data. */
function frame(type: string, fields: object = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

const startOf = ({ kind, id, name }: Block): object => {
  if (kind === 'thinking') return { type: kind, thinking: '', signature: '' };
  return kind === 'text' ? { type: kind, text: '' } : { type: kind, id, name, input: {} };
};
const deltas = {
  thinking: '{"type":"thinking_delta","thinking":',
  text: '{"type":"text_delta","text":',
  tool_use: '{"type":"input_json_delta","partial_json":',
};

/** The event stream of the Messages API: `message_start`, the blocks one after the other, `message_delta`, `message_stop`. */
export class MessageEncoder implements StreamEncoder, BlockSink {
  readonly #head: AnswerHead;
  readonly #display: ThinkingDisplay;
  readonly #meter: Meter;
  readonly #row: BlockRow;
  #out = '';
  /** Pieces of the open block that leave together. */
  #run = '';
  #open: Block | undefined;
  /** The thinking of the open block, to be signed. */
  #thinking: string[] = [];
  #started = false;
  #closed = false;

  constructor(head: AnswerHead, { display, estimateInput }: Asked) {
    this.#head = head;
    this.#display = display;
    this.#meter = new Meter(estimateInput);
    this.#row = new BlockRow(this, head.id, display);
  }

  push(events: readonly ChatEvent[]): string {
    for (const event of events) {
      if (this.#closed) break;
      this.#take(event);
    }
    this.#sendRun();
    const out = this.#out;
    this.#out = '';
    return out;
  }

  #take(event: ChatEvent): void {
    this.#meter.take(event);
    if (event.type === 'error') {
      this.#sendRun();
      this.#out += this.fail(event.error);
    } else if (event.type === 'finish') {
      this.#start();
      this.#finish(event.reason);
    } else if (event.type !== 'usage' && event.type !== 'citation') {
      this.#start();
      this.#row.take(event);
    }
  }

  fail(error: ChatError): string {
    if (this.#closed) return '';
    this.#closed = true;
    return frame('error', errorBody(error, `req_${this.#head.id}`));
  }

  /** A ping before `message_start` would be out of order; a comment is not an event. */
  keepAlive(): string {
    if (this.#closed) return '';
    return this.#started ? frame('ping') : ': keep-alive\n\n';
  }

  open(block: Block): void {
    this.#open = block;
    this.#thinking = [];
    this.#out += frame('content_block_start', { index: block.index, content_block: startOf(block) });
  }

  piece(block: Block, text: string): void {
    if (block.kind === 'thinking') this.#thinking.push(text);
    if (block.kind !== 'thinking' || this.#display === 'shown') this.#run += text;
  }

  close(block: Block): void {
    if (block.kind === 'tool_use' && !block.filled) this.#run += '{}';
    this.#sendRun();
    const { index } = block;
    if (block.kind === 'thinking') {
      const signature = block.signature ?? sign(this.#thinking.join(''), this.#display === 'shown');
      const delta = { type: 'signature_delta', signature };
      this.#out += frame('content_block_delta', { index, delta });
    }
    this.#open = undefined;
    this.#out += frame('content_block_stop', { index });
  }

  #sendRun(): void {
    if (this.#run === '' || !this.#open) return;
    const { index, kind } = this.#open;
    this.#out += `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":${deltas[kind]}${JSON.stringify(this.#run)}}}\n\n`;
    this.#run = '';
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    const message = {
      id: `msg_${this.#head.id}`,
      type: 'message',
      role: 'assistant',
      model: this.#head.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: this.#meter.body('none'),
    };
    this.#out += frame('message_start', { message });
  }

  #finish(reason: FinishReason): void {
    this.#row.end();
    const delta = { stop_reason: stopReason(reason, this.#row.calls), stop_sequence: null };
    this.#out += frame('message_delta', { delta, usage: this.#meter.body('all') });
    this.#out += frame('message_stop');
    this.#closed = true;
  }
}
