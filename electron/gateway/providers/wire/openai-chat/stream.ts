import { ChatError } from '../../../chat/errors.ts';
import type { ChatEvent } from '../../../chat/events.ts';
import { createSseReader, type SseReader } from '../../sse.ts';
import type { AnswerParser } from '../shared/answer.ts';
import { isRecord, listIn, parseJson, textIn, type Json } from '../shared/json.ts';
import { Sink } from '../shared/sink.ts';
import { Answer } from './answer.ts';
import type { Source } from './source.ts';

const bodyLimit = 32 << 20;
const pageLimit = 64 << 10;

/** What the first character of a body says it is. */
const forms: Readonly<Record<string, 'json' | 'page'>> = { '{': 'json', '[': 'json', '<': 'page' };

/** The error a frame reports, in one of the shapes in use; undefined when it reports none. */
function errorIn(frame: Json, event: string | undefined): unknown {
  const { error, base_resp: base } = frame;
  if (typeof error === 'string' ? error !== '' : isRecord(error) && Object.keys(error).length > 0) return { error };
  if (event === 'error' || frame['object'] === 'error') return frame;
  if (isRecord(base) && typeof base['status_code'] === 'number' && base['status_code'] !== 0) return base;
  if (listIn(frame, 'choices') || isRecord(frame['usage'])) return undefined;
  const told = ['message', 'msg', 'detail'].some((key) => textIn(frame, key) !== undefined);
  return told && (frame['code'] ?? frame['status'] ?? frame['type'] ?? frame['detail']) !== undefined
    ? frame
    : undefined;
}

/**
 * One answer, bytes in, events out (README of openai-compatible: The stream). Takes a stream, and as well a whole reply or a
 * web page where a service sends one instead. Never throws; what goes wrong is its last event.
 */
export class ChatParser implements AnswerParser {
  readonly #source: Source;
  readonly #sink = new Sink(false);
  readonly #answer: Answer;
  readonly #sse: SseReader;
  #form: 'unknown' | 'stream' | 'json' | 'page' = 'unknown';
  readonly #head = new TextDecoder();
  readonly #body: Uint8Array[] = [];
  #received = 0;
  /** Frames of this push as they are handed on. */
  #verbatim = '';
  #over = false;

  constructor(source: Source) {
    this.#source = source;
    this.#answer = new Answer(source, this.#sink);
    this.#sse = createSseReader({}, (data, event) => this.#frame(data, event));
  }

  get over(): boolean {
    return this.#over;
  }

  push(bytes: Uint8Array): ChatEvent[] {
    return this.#collect(() => this.#bytes(bytes));
  }

  end(): ChatEvent[] {
    return this.#collect(() => {
      if (this.#form === 'json' || this.#form === 'page') return this.#whole();
      this.#sse.end();
      if (!this.#over)
        this.#broken(
          new ChatError('upstream_truncated', `The answer of ${this.#source.name} broke off before its end.`),
        );
    });
  }

  fail(error: ChatError): ChatEvent[] {
    return this.#collect(() => this.#broken(error));
  }

  #collect(work: () => void): ChatEvent[] {
    if (this.#over) return [];
    try {
      work();
    } catch (error) {
      const unread = `The answer of ${this.#source.name} could not be read.`;
      this.#fail(error instanceof ChatError ? error : new ChatError('upstream_protocol', unread, { cause: error }));
    }
    if (!this.#over && this.#verbatim !== '') this.#sink.events.push({ type: 'verbatim', text: this.#verbatim });
    this.#verbatim = '';
    return this.#sink.take();
  }

  #bytes(bytes: Uint8Array): void {
    this.#received += bytes.length;
    if (this.#received > (this.#form === 'stream' ? bodyLimit * 8 : bodyLimit)) {
      throw new ChatError('upstream_protocol', `The answer of ${this.#source.name} is beyond all measure.`);
    }
    if (this.#form === 'unknown') {
      const first = this.#head.decode(bytes, { stream: true }).trimStart().charAt(0);
      if (first !== '') this.#form = forms[first] ?? 'stream';
    }
    if (this.#form === 'stream' || this.#form === 'unknown') this.#sse.push(bytes);
    // Until the form is known there are only blanks, which may turn out to belong to either.
    if (this.#form === 'stream') this.#body.length = 0;
    else if (this.#form !== 'page' || this.#received <= pageLimit) this.#body.push(bytes);
  }

  #frame(data: string, event: string | undefined): void {
    const text = data.trim();
    if (this.#over) {
      if (text !== '') this.#source.warn({ code: 'sent_after_end', provider: this.#source.provider });
      return;
    }
    if (text === '[DONE]') return this.#done(data, event);
    // Words such as `ping` keep a connection open; what begins like a frame and is none was damaged on its way.
    if (!text.startsWith('{')) return;
    const frame = parseJson(text);
    if (!isRecord(frame))
      throw new ChatError('upstream_protocol', `${this.#source.name} sent a damaged piece of its answer.`);
    const error = errorIn(frame, event);
    if (error !== undefined) throw this.#source.failure(error);
    this.#answer.take(frame);
    this.#handOn(frame, data, event);
  }

  #handOn(frame: Json, data: string, event: string | undefined): void {
    const onlyUsage = listIn(frame, 'choices')?.length === 0 && isRecord(frame['usage']);
    if (this.#source.verbatim !== 'without-usage' || !onlyUsage) this.#sendOn(data, event);
  }

  /** Only to a client that wants a stream too: all in one piece is made of the events. */
  #sendOn(data: string, event: string | undefined): void {
    const { verbatim, delivery } = this.#source;
    if (verbatim !== 'no' && delivery === 'stream') this.#verbatim += frameText(data, event);
  }

  #done(data: string, event: string | undefined): void {
    if (!this.#answer.begun) throw new ChatError('upstream_protocol', `${this.#source.name} sent an empty answer.`);
    this.#sendOn(data, event);
    this.#finish();
  }

  /** The body is over without its end mark: good if the reason of the end was given, for then nothing is missing. */
  #broken(error: ChatError): void {
    if (!this.#answer.reasoned) return this.#fail(error);
    this.#sendOn('[DONE]', undefined);
    this.#finish();
  }

  #finish(): void {
    this.#answer.finish(this.#verbatim);
    this.#verbatim = '';
    this.#over = true;
  }

  #fail(error: ChatError): void {
    if (this.#over) return;
    this.#answer.abandon();
    if (this.#verbatim !== '') this.#sink.events.push({ type: 'verbatim', text: this.#verbatim });
    this.#sink.close({ type: 'error', error });
    this.#over = true;
  }

  /** A body that is no stream: a reply in one piece, an error with status 200, or a page. */
  #whole(): void {
    const text = new TextDecoder().decode(Buffer.concat(this.#body));
    const { failure, name } = this.#source;
    const frame = parseJson(text);
    if (!isRecord(frame)) {
      if (this.#form === 'page') throw failure(text);
      throw new ChatError('upstream_protocol', `${name} sent something else than an answer.`);
    }
    const error = errorIn(frame, undefined);
    if (error !== undefined) throw failure(error);
    this.#answer.take(frame);
    if (!this.#answer.begun) throw new ChatError('upstream_protocol', `${name} sent a reply without an answer.`);
    // A client that asked for a stream gets one made of the events.
    this.#verbatim = this.#source.verbatim !== 'no' && this.#source.delivery === 'whole' ? text : '';
    this.#finish();
  }
}

/** One event of a stream, written anew: on one line, as many clients read only one. */
function frameText(data: string, event: string | undefined): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${data.replaceAll('\n', ' ')}\n\n`;
}
