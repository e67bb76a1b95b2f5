import { ChatError, toChatError } from '../../../chat/errors.ts';
import type { ChatEvent } from '../../../chat/events.ts';
import { createSseReader } from '../../sse.ts';
import type { AnswerParser } from '../shared/answer.ts';
import { isRecord, parseJson, recordIn, textIn, type Json } from '../shared/json.ts';
import { Answer } from './answer.ts';
import type { Source } from './source.ts';

/** A frame as it is sent on: with a name, which clients need, and on one line, as many read only one. */
const frame = (name: string, data: string): string => `event: ${name}\ndata: ${data.replaceAll('\n', ' ')}\n\n`;

/**
 * The stream of one message. Events of the last chunk come before an `error` event; after that or `finish` everything is
 * ignored. Where the client speaks the same dialect, each batch also has the frames as they came, before its `finish`.
 */
export class MessagesParser implements AnswerParser {
  readonly #source: Source;
  readonly #answer: Answer;
  readonly #reader = createSseReader({}, (data, event) => this.#event(data, event));
  #events: ChatEvent[] = [];
  #frames = '';
  #begun = false;
  /** Nothing that comes from now on belongs to the answer. */
  over = false;

  constructor(source: Source) {
    this.#source = source;
    this.#answer = new Answer(source);
  }

  push(bytes: Uint8Array): ChatEvent[] {
    if (!this.over) this.#guarded(() => this.#reader.push(bytes));
    return this.#batch();
  }

  /** A service that has said why it stopped is done, with or without its last word. */
  end(): ChatEvent[] {
    this.#guarded(() => this.#reader.end());
    if (!this.over && this.#answer.stopReason !== undefined) {
      this.#frames += this.#source.verbatim ? frame('message_stop', '{"type":"message_stop"}') : '';
      this.#finish();
    } else if (!this.over) {
      this.#fail(
        this.#begun
          ? new ChatError('upstream_truncated', 'The provider ended the answer before it was complete.')
          : new ChatError('upstream_protocol', 'The provider sent something else than an answer.'),
      );
    }
    return this.#batch();
  }

  /** Ends the answer with what went wrong, unless it is over. */
  fail(error: ChatError): ChatEvent[] {
    this.#fail(error);
    return this.#batch();
  }

  #fail(error: ChatError): void {
    if (this.over) return;
    this.over = true;
    this.#events.push({ type: 'error', error });
  }

  #guarded(read: () => void): void {
    try {
      read();
    } catch (error) {
      this.#fail(toChatError(error));
    }
  }

  #batch(): ChatEvent[] {
    const events = this.#events;
    const frames = this.#frames;
    this.#events = [];
    this.#frames = '';
    if (frames === '') return events;
    const last = events.at(-1)?.type;
    const place = last === 'finish' || last === 'error' ? events.length - 1 : events.length;
    return events.toSpliced(place, 0, { type: 'verbatim', text: frames });
  }

  #event(data: string, name: string | undefined): void {
    if (data === '[DONE]') return;
    if (this.over) {
      this.#source.warn({ code: 'sent_after_end', provider: this.#source.provider });
      return;
    }
    const body = parseJson(data);
    if (!isRecord(body)) throw new ChatError('upstream_protocol', 'The provider sent an event that cannot be read.');
    const type = textIn(body, 'type') ?? name ?? '';
    if (type === 'error' || (isRecord(body['error']) && textIn(body, 'type') === undefined) || isBare(body)) {
      this.#fail(this.#source.failure(body));
      return;
    }
    this.#begun = true;
    if (this.#source.verbatim) this.#frames += frame(name ?? type, data);
    this.#take(type, body);
  }

  #take(type: string, body: Json): void {
    switch (type) {
      case 'message_start':
        this.#events.push(...this.#answer.usage(recordIn(body, 'message')['usage'], false));
        return;
      case 'content_block_start':
        this.#events.push(...this.#answer.begin(body['index'], recordIn(body, 'content_block')));
        return;
      case 'content_block_delta':
        this.#events.push(...this.#answer.piece(body['index'], recordIn(body, 'delta')));
        return;
      case 'content_block_stop':
        this.#events.push(...this.#answer.end(body['index']));
        return;
      case 'message_delta':
        this.#events.push(...this.#answer.usage(body['usage'], true));
        this.#answer.stopReason = textIn(recordIn(body, 'delta'), 'stop_reason') ?? this.#answer.stopReason;
        return;
      case 'message_stop':
        this.#finish();
        return;
      default:
      // Pings, and events that this version does not know: the API may add some at any time.
    }
  }

  #finish(): void {
    this.over = true;
    this.#events.push(...this.#answer.finish());
  }
}

/** An error that some services write without any wrapping. */
const isBare = (body: Json): boolean =>
  body['type'] === undefined && body['code'] !== undefined && textIn(body, 'message') !== undefined;
