import type { Notice } from '../../../../../shared/notice.ts';
import { ChatError } from '../../../chat/errors.ts';
import type { ChatEvent, FinishReason, Usage } from '../../../chat/events.ts';
import { createSseReader, type SseReader } from '../../sse.ts';
import { finishReason } from '../../wire/openai-chat/finish.ts';
import type { Told } from '../../wire/openai-chat/inline-thinking.ts';
import type { AnswerParser } from '../../wire/shared/answer.ts';
import { Sink } from '../../wire/shared/sink.ts';
import { Shown } from '../../wire/web/shown.ts';
import { Cumulation } from './cumulation.ts';
import { readFrame, type Frame } from './frame.ts';
import { Reading, type ReadingOptions } from './reading.ts';

export interface ParserOptions extends ReadingOptions {
  readonly warn: (notice: Notice) => void;
  /** What an error inside an answer means. */
  readonly failure: (body: unknown) => ChatError;
}

const sizeLimit = 16 << 20;
/** A frame may hold the whole answer. */
const frameLimit = 8 << 20;
const provider = 'k2think';

/**
 * One answer of the web chat, bytes in, events out (README: Stream). Never throws; what goes wrong is its last event. A stream
 * that ends without any mark of its end is cut off.
 */
export class K2ThinkParser implements AnswerParser {
  readonly #options: ParserOptions;
  readonly #sse: SseReader;
  readonly #sink = new Sink(false);
  readonly #cumulation = new Cumulation();
  readonly #shown = { reasoning: new Shown(), text: new Shown() };
  readonly #warned = new Set<string>();
  #reading: Reading;
  /** What the present reading has told. */
  #told: { readonly reasoning: string[]; readonly text: string[] } = { reasoning: [], text: [] };
  #size = 0;
  #usage: Usage | undefined;
  #reason: FinishReason | undefined;
  /** A mark of the end has been seen that more may still follow. */
  #ended = false;
  #damaged = false;
  #over = false;

  constructor(options: ParserOptions) {
    this.#options = options;
    this.#reading = new Reading(options);
    this.#sse = createSseReader({ maxLine: frameLimit }, (data) => this.#data(data));
  }

  get over(): boolean {
    return this.#over;
  }

  push(bytes: Uint8Array): ChatEvent[] {
    return this.#collect(() => this.#sse.push(bytes));
  }

  end(): ChatEvent[] {
    return this.#collect(() => {
      this.#sse.end();
      if (!this.#over)
        this.#broken(new ChatError('upstream_truncated', 'The answer of K2 Think broke off before its end.'));
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
      const unread = 'The answer of K2 Think could not be read.';
      this.#fail(error instanceof ChatError ? error : new ChatError('upstream_protocol', unread, { cause: error }));
    }
    return this.#sink.take();
  }

  #data(data: string): void {
    const frame = readFrame(data);
    if (frame === 'silence') return;
    if (this.#over) {
      if (typeof frame === 'object' && !frame.done) this.#warn('sent_after_end');
    } else if (frame === 'last') this.#finish();
    else if (frame === 'end') this.#ended = true;
    else if (frame === 'damaged') {
      this.#damaged = true;
      this.#warn('sent_unknown_text');
    } else this.#frame(frame);
    // The next frame says a lost text again, unless each says only what is new.
    if (!this.#over && this.#damaged && this.#cumulation.inPieces)
      throw new ChatError('upstream_protocol', 'K2 Think sent a damaged piece of its answer.');
  }

  #frame({ text, done, usage, reason, error }: Frame): void {
    if (error !== undefined) throw this.#options.failure(error);
    this.#usage = usage ?? this.#usage;
    if (reason !== undefined) this.#reason = finishReason(reason, { name: 'K2 Think', provider, ...this.#options });
    if (text !== '') this.#ended = false;
    this.#text(text, done);
    if (done) this.#finish();
  }

  #text(value: string, last: boolean): void {
    const step = this.#cumulation.take(value, last);
    this.#size = step.kind === 'anew' ? step.text.length : this.#size + step.text.length;
    if (this.#size > sizeLimit)
      throw new ChatError('upstream_protocol', 'The answer of K2 Think is longer than 16 MB.');
    if (this.#options.delivery === 'whole') return;
    if (step.kind === 'more') this.#more(this.#reading.push(step.text));
    else this.#anew(step.text);
  }

  #more({ reasoning, text }: Told): void {
    if (reasoning !== '') this.#told.reasoning.push(reasoning);
    if (text !== '') this.#told.text.push(text);
    this.#sink.text('reasoning', this.#shown.reasoning.appended(reasoning));
    this.#sink.text('text', this.#shown.text.appended(text));
  }

  /** Reads the whole text again: tags that were closed for the time being have moved. */
  #anew(whole: string): void {
    const before = this.#told;
    this.#reading = new Reading(this.#options);
    const after = this.#reading.push(whole);
    this.#told = { reasoning: [after.reasoning], text: [after.text] };
    const reasoning = this.#shown.reasoning.rewritten(before.reasoning.join(''), after.reasoning);
    const text = this.#shown.text.rewritten(before.text.join(''), after.text);
    if (reasoning === undefined || text === undefined) this.#warn('rewrote_text');
    this.#sink.text('reasoning', reasoning ?? '');
    this.#sink.text('text', text ?? '');
  }

  /** Tells what was held back; `answered`: the answer came to its own end. */
  #settle(answered: boolean): void {
    if (this.#options.delivery === 'whole') this.#more(this.#reading.push(this.#cumulation.text));
    this.#more(this.#reading.end(answered));
  }

  #finish(): void {
    if (this.#size === 0) throw new ChatError('upstream_protocol', 'K2 Think sent an empty answer.');
    const reason = this.#reason ?? 'stop';
    this.#settle(reason === 'stop');
    this.#sink.close(...(this.#usage ? [{ type: 'usage', usage: this.#usage } as const] : []), {
      type: 'finish',
      reason: reason === 'tool-calls' ? 'stop' : reason,
    });
    this.#over = true;
  }

  /** The body is over without `[DONE]` or `done`: good if anything else has marked the end, for then nothing is missing. */
  #broken(error: ChatError): void {
    if (this.#ended || this.#reason !== undefined) this.#finish();
    else this.#fail(error);
  }

  #fail(error: ChatError): void {
    if (this.#over) return;
    this.#settle(false);
    this.#sink.close({ type: 'error', error });
    this.#over = true;
  }

  #warn(code: 'sent_after_end' | 'sent_unknown_text' | 'rewrote_text'): void {
    if (this.#warned.has(code)) return;
    this.#warned.add(code);
    this.#options.warn({ code, provider });
  }
}
