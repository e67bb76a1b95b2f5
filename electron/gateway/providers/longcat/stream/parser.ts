import type { Notice } from '../../../../../shared/notice.ts';
import { ChatError } from '../../../chat/errors.ts';
import type { ChatEvent, FinishReason, Usage } from '../../../chat/events.ts';
import { createSseReader, type SseReader } from '../../sse.ts';
import { Citations } from '../../wire/openai-chat/citations.ts';
import type { AnswerParser } from '../../wire/shared/answer.ts';
import { isRecord, parseJson } from '../../wire/shared/json.ts';
import { Sink } from '../../wire/shared/sink.ts';
import { classify } from '../errors.ts';
import { Channel } from './channel.ts';
import { readFrame, type Frame, type Text } from './frame.ts';
import { PlainBody } from './plain-body.ts';

export interface ParserOptions {
  /** `whole`: the answer is held until it is final. */
  readonly delivery: 'stream' | 'whole';
  readonly now: () => number;
  readonly warn: (notice: Notice) => void;
  readonly secret?: string | undefined;
}

const sizeLimit = 16 << 20;
/** Frames of the older generation repeat everything said so far. */
const lineLimit = 8 << 20;

/**
 * One answer of the web chat in either generation, bytes in, events out (README: Stream). Never throws; what goes wrong is its
 * last event. An answer without an end mark is an error.
 */
export class LongCatParser implements AnswerParser {
  readonly #options: ParserOptions;
  readonly #sse: SseReader;
  readonly #plain = new PlainBody();
  readonly #sink = new Sink(false);
  readonly #reasoning = new Channel();
  readonly #answer = new Channel();
  readonly #citations = new Citations();
  readonly #warned = new Set<string>();
  #usage: Usage | undefined;
  #answered = false;
  #over = false;

  constructor(options: ParserOptions) {
    this.#options = options;
    this.#sse = createSseReader({ maxLine: lineLimit, maxEvent: 2 * lineLimit }, (data) => this.#data(data));
  }

  get over(): boolean {
    return this.#over;
  }

  push(bytes: Uint8Array): ChatEvent[] {
    return this.#collect(() => {
      const stream = this.#plain.push(bytes);
      if (stream) this.#sse.push(stream);
    });
  }

  end(): ChatEvent[] {
    return this.#collect(() => {
      const body = this.#plain.text();
      if (body !== undefined) return this.#fail(this.#meaningOf(body));
      this.#sse.end();
      if (!this.#over)
        this.#fail(new ChatError('upstream_truncated', 'The answer of LongCat broke off before its end.'));
    });
  }

  fail(error: ChatError): ChatEvent[] {
    return this.#collect(() => this.#fail(error));
  }

  #collect(work: () => void): ChatEvent[] {
    if (this.#over) return [];
    try {
      work();
    } catch (error) {
      const unread = 'The answer of LongCat could not be read.';
      this.#fail(error instanceof ChatError ? error : new ChatError('upstream_protocol', unread, { cause: error }));
    }
    return this.#sink.take();
  }

  #data(data: string): void {
    if (this.#over) return;
    if (data.trim() === '[DONE]') {
      // Alone it is the end of nothing.
      if (this.#answered) this.#finish('stop', undefined);
      return;
    }
    const frame = readFrame(data);
    if (!frame) return;
    if (frame.error) return this.#fail(this.#refused(frame.error));
    this.#content(frame);
    if (frame.finish) this.#finish(frame.finish, frame.final);
  }

  #content({ reasoning, answer, sources, usage, unknown }: Frame): void {
    if (usage) this.#usage = usage;
    if (unknown !== undefined) this.#warn({ code: 'sent_unknown_part', provider: 'longcat', type: unknown });
    if (sources.length > 0)
      for (const event of this.#citations.take({ citations: sources }, {})) this.#sink.events.push(event);
    this.#sink.text('reasoning', this.#news(this.#reasoning, reasoning));
    const text = this.#news(this.#answer, answer);
    if (this.#options.delivery === 'stream') this.#sink.text('text', text);
    if (reasoning || answer) this.#answered = true;
    if (this.#answer.said.length + this.#reasoning.said.length > sizeLimit)
      throw new ChatError('upstream_protocol', 'The answer of LongCat is longer than 16 MB.');
  }

  #news(channel: Channel, text: Text): string {
    if (!text) return '';
    const news =
      text.kind === 'delta'
        ? channel.append(text.text)
        : text.kind === 'whole'
          ? channel.upTo(text.text)
          : channel.piece(text.text);
    if (news === undefined) this.#warn({ code: 'rewrote_text', provider: 'longcat' });
    return news ?? '';
  }

  #finish(reason: FinishReason, final: string | undefined): void {
    this.#settle(final);
    this.#sink.close(...(this.#usage ? [{ type: 'usage', usage: this.#usage } as const] : []), {
      type: 'finish',
      reason,
    });
    this.#over = true;
  }

  /** What is still held back. Where the site says what the whole answer is, that counts. */
  #settle(final?: string): void {
    this.#sink.text('reasoning', this.#reasoning.settle());
    const held = this.#answer.settle(final);
    const { said } = this.#answer;
    const whole = this.#options.delivery === 'whole';
    if (!whole) this.#sink.text('text', held);
    if (final === undefined || said.trimEnd() === final.trimEnd()) {
      if (whole) this.#sink.text('text', said);
    } else if (final.startsWith(said)) {
      this.#sink.text('text', whole ? final : final.slice(said.length));
    } else if (!whole) {
      this.#warn({ code: 'rewrote_text', provider: 'longcat' });
    } else {
      // Some answers think aloud first: the end of them is what the site calls the answer.
      if (said.endsWith(final)) this.#sink.text('reasoning', said.slice(0, -final.length));
      else this.#warn({ code: 'rewrote_text', provider: 'longcat' });
      this.#sink.text('text', final);
    }
  }

  #fail(error: ChatError): void {
    if (this.#over) return;
    this.#over = true;
    this.#settle();
    this.#sink.close({ type: 'error', error });
  }

  /** A body that is no stream: an error the site sent with HTTP 200, or a page of something in between. */
  #meaningOf(body: string): ChatError {
    const reply = parseJson(body);
    const page = body.startsWith('<');
    if (page || (isRecord(reply) && readFrame(body)?.error)) return this.#refused(body);
    return new ChatError('upstream_protocol', 'LongCat sent something else than an answer.');
  }

  #refused(body: unknown): ChatError {
    const { now, secret } = this.#options;
    return classify({ status: 200, body, now: now(), secret });
  }

  #warn(notice: Notice): void {
    const key = JSON.stringify(notice);
    if (this.#warned.has(key) || this.#warned.size >= 20) return;
    this.#warned.add(key);
    this.#options.warn(notice);
  }
}
