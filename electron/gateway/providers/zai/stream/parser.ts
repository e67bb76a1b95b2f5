import type { Notice } from '../../../../../shared/notice.ts';
import { ChatError } from '../../../chat/errors.ts';
import type { ChatEvent, Usage } from '../../../chat/events.ts';
import type { StreamParser } from '../../provider.ts';
import { createSseReader, type SseReader } from '../../sse.ts';
import { classify, type Failure } from '../errors.ts';
import { isRecord, listIn, textIn } from '../../wire/shared/json.ts';
import { ToolBlocks } from './blocks.ts';
import { Citations } from './citations.ts';
import { FrameReader, type Frame } from './frame.ts';
import { Message, type Change } from './message.ts';
import type { Kind, Output } from './projection.ts';
import { Shown } from '../../wire/web/shown.ts';
import { Sink } from '../../wire/shared/sink.ts';
import { ToolCalls } from './tool-calls.ts';
import { readUsage } from './usage.ts';

export interface ParserOptions {
  /** Names of the client's tools; no other call is passed on. */
  readonly tools: Iterable<string>;
  /** `whole`: text is held until it is final. */
  readonly delivery: 'stream' | 'whole';
  readonly newId: () => string;
  readonly now: () => number;
  readonly warn: (notice: Notice) => void;
  readonly secret?: string | undefined;
}

const sizeLimit = 16 << 20;
/** What a fragment of a tool call costs beside its text. */
const fragmentCost = 64;

/** What the text of each phase is; a frame without a phase is an answer. */
const kinds: Readonly<Partial<Record<string, Kind>>> = {
  thinking: 'reasoning',
  answer: 'answer',
  other: 'answer',
  done: 'answer',
  tool_call: 'markup',
};

/**
 * One answer of the web chat, bytes in, events out (README: Stream). Never throws; what goes wrong is its last event.
 * Only a frame that says `done` ends an answer well.
 */
export class ZaiParser implements StreamParser {
  readonly #options: ParserOptions;
  readonly #sse: SseReader;
  readonly #frames = new FrameReader();
  readonly #sink: Sink;
  readonly #message = new Message();
  readonly #citations = new Citations();
  readonly #tools: ToolCalls;
  readonly #blocks = new ToolBlocks();
  readonly #shown = { reasoning: new Shown(), answer: new Shown() };
  readonly #warned = new Set<string>();
  #usage: Usage | undefined;
  #failure: Failure | undefined;
  #answered = false;
  #over = false;
  /** Characters of frames so far, and of tool arguments among them. */
  #received = 0;
  #arguments = 0;

  constructor(options: ParserOptions) {
    this.#options = options;
    this.#sink = new Sink(options.delivery === 'whole');
    this.#tools = new ToolCalls(options.tools, options.newId);
    this.#sse = createSseReader({}, (data) => this.#data(data));
  }

  /** Whether the last event, finish or error, has been handed out. */
  get over(): boolean {
    return this.#over;
  }

  /** The error the site reported in the stream, and what may help against it. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  push(bytes: Uint8Array): ChatEvent[] {
    return this.#collect(() => this.#sse.push(bytes));
  }

  end(): ChatEvent[] {
    return this.#collect(() => {
      this.#sse.end();
      if (!this.#over) this.#fail(new ChatError('upstream_truncated', 'The answer of Z.AI broke off before its end.'));
    });
  }

  /** The body broke: what was held back, then the error. */
  fail(error: ChatError): ChatEvent[] {
    return this.#collect(() => this.#fail(error));
  }

  #collect(work: () => void): ChatEvent[] {
    if (this.#over) return [];
    try {
      work();
    } catch (error) {
      const unread = 'The answer of Z.AI could not be read.';
      this.#fail(error instanceof ChatError ? error : new ChatError('upstream_protocol', unread, { cause: error }));
    }
    return this.#sink.take();
  }

  #data(text: string): void {
    const frame = this.#frames.read(text);
    if (!frame) return;
    if (this.#over) return this.#warn('sent_after_end');
    this.#received += text.length;
    if (frame.error !== undefined && !this.#isHarmless(frame)) {
      const { now, secret } = this.#options;
      this.#failure = classify({ status: 200, body: { error: frame.error }, now: now(), secret });
      return this.#fail(this.#failure.error);
    }
    if (!frame.bare) this.#rarer(frame.data);
    this.#content(frame);
    if (this.#message.size + this.#arguments > sizeLimit) {
      throw new ChatError('upstream_protocol', 'The answer of Z.AI is longer than 16 MB.');
    }
    if (frame.done) this.#finish();
  }

  /** Some answers carry an error without a code on their last frame; it says nothing about the answer before it. */
  #isHarmless({ phase, error }: Frame): boolean {
    const coded = !isRecord(error) || error['code'] !== undefined || error['error_code'] !== undefined;
    return phase === 'done' && this.#answered && !coded;
  }

  #rarer(data: Frame['data']): void {
    const { usage } = data;
    if (isRecord(usage)) this.#usage = readUsage(usage) ?? this.#usage;
    this.#toolFrame(data);
    const results = listIn(data, 'results') ?? listIn(data, 'sources') ?? listIn(data, 'citations');
    if (results) this.#citations.addResults(results);
  }

  #content(frame: Frame): void {
    const { phase, delta } = frame;
    if (phase === 'tool_response') {
      this.#tools.close(this.#sink.tools);
      this.#citations.addReferences(delta);
    } else if (phase !== 'search') {
      this.#text(frame);
    }
  }

  #text({ phase, delta, edit }: Frame): void {
    const kind = kinds[phase ?? 'answer'];
    if (!kind) {
      if (delta || edit) this.#warn('sent_unknown_text');
      return;
    }
    if (delta) this.#appended(this.#message.append(kind, delta));
    else if (edit) this.#edited(this.#message.edit(edit.index, kind === 'reasoning' ? kind : 'markup', edit.text));
    if (phase === 'tool_call') return;
    if (delta) this.#tools.close(this.#sink.tools);
    this.#blocks.surface(this.#tools, this.#received, false, this.#sink.tools);
  }

  #toolFrame(data: Frame['data']): void {
    const calls = listIn(data, 'tool_calls');
    const fragment = textIn(data, 'delta_name') !== undefined || data['delta_arguments'] !== undefined;
    if (!calls && !fragment) return;
    const events: ChatEvent[] = [];
    if (calls) this.#tools.list(calls, events);
    else this.#tools.fragment(data, events);
    for (const event of events) {
      if (event.type !== 'tool-call-delta') {
        this.#sink.tools.push(event);
        continue;
      }
      this.#arguments += event.arguments.length + fragmentCost;
      this.#sink.toolDelta(event.index, event.arguments);
    }
  }

  #appended(output: Output): void {
    this.#answered ||= output.answer !== '';
    if (this.#options.delivery === 'whole') return;
    this.#show(this.#shown.reasoning.appended(output.reasoning), this.#shown.answer.appended(output.answer));
    this.#blocks.add(output.blocks);
  }

  #edited({ before, after, keptBlocks }: Change): void {
    this.#answered ||= after.answer !== '';
    if (this.#options.delivery === 'whole') return;
    const reasoning = this.#shown.reasoning.rewritten(before.reasoning, after.reasoning);
    const answer = this.#shown.answer.rewritten(before.answer, after.answer);
    if (reasoning === undefined || answer === undefined) {
      this.#warn('rewrote_text');
    }
    this.#show(reasoning ?? '', answer ?? '');
    this.#blocks.cut(keptBlocks);
    this.#blocks.add(after.blocks);
  }

  #show(reasoning: string, answer: string): void {
    this.#sink.text('reasoning', reasoning);
    this.#sink.text('text', this.#citations.resolve(answer, this.#sink.events));
  }

  /** Passes on the text that was held back, for whatever reason, up to now. */
  #settle(): void {
    if (this.#options.delivery === 'stream') {
      this.#appended(this.#message.finish());
    } else {
      const { reasoning, answer, blocks } = this.#message.whole();
      this.#show(reasoning, answer);
      this.#blocks.add(blocks);
    }
    this.#sink.text('text', this.#citations.flush());
  }

  #finish(): void {
    this.#settle();
    this.#blocks.surface(this.#tools, this.#received, true, this.#sink.tools);
    this.#tools.close(this.#sink.tools);
    const called = this.#tools.count > 0;
    if (!called) this.#sink.text('text', this.#citations.footer(this.#sink.events));
    this.#sink.close(...(this.#usage ? [{ type: 'usage', usage: this.#usage } as const] : []), {
      type: 'finish',
      reason: called ? 'tool-calls' : 'stop',
    });
    this.#over = true;
  }

  #fail(error: ChatError): void {
    if (this.#over) return;
    this.#over = true;
    this.#settle();
    this.#tools.close(this.#sink.tools);
    this.#sink.close({ type: 'error', error });
  }

  #warn(code: 'sent_after_end' | 'sent_unknown_text' | 'rewrote_text'): void {
    if (this.#warned.has(code)) return;
    this.#warned.add(code);
    this.#options.warn({ code, provider: 'zai' });
  }
}
