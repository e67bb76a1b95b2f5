import type { ChatError } from '../../chat/errors.ts';
import type { ChatEvent, FinishReason, Usage } from '../../chat/events.ts';
import type { AnswerHead, StreamEncoder } from '../dialect.ts';
import { annotation, type Annotation, CallTable, finishReason } from './answer.ts';
import { errorBody } from '../shared/openai-error.ts';
import { isBlank } from '../shared/blank.ts';
import { mergeUsage } from '../shared/usage.ts';
import { usageBody } from './usage.ts';

type Mergeable = 'text' | 'reasoning' | 'arguments';

/** Neighbouring pieces of one kind within a batch; they leave as one chunk. */
interface Run {
  readonly kind: Mergeable;
  /** Position of the call the arguments belong to. */
  readonly position: number;
  text: string;
}

/**
 * `chat.completion.chunk` frames. A role opens the first delta, one finish chunk and one `[DONE]` close the stream; what comes after
 * is ignored. Without `include_usage` the usage rides on the finish chunk: some clients crash on empty `choices`, others never ask.
 */
export class ChunkEncoder implements StreamEncoder {
  readonly #prefix: string;
  readonly #includeUsage: boolean;
  readonly #calls: CallTable;
  readonly #annotations: Annotation[] = [];
  #usage: Usage | undefined;
  #textLength = 0;
  #started = false;
  #closed = false;

  constructor(head: AnswerHead, includeUsage: boolean) {
    const identity = {
      id: `chatcmpl-${head.id}`,
      object: 'chat.completion.chunk',
      created: head.created,
      model: head.model,
    };
    this.#prefix = `data: ${JSON.stringify(identity).slice(0, -1)},"choices":[`;
    this.#includeUsage = includeUsage;
    this.#calls = new CallTable(head.id);
  }

  push(events: readonly ChatEvent[]): string {
    let out = '';
    let run: Run | undefined;
    for (const event of events) {
      if (this.#closed) break;
      const piece = this.#piece(event);
      if (piece && run && piece.kind === run.kind && piece.position === run.position) {
        run.text += piece.text;
        continue;
      }
      if (run) out += this.#sendRun(run);
      run = piece;
      if (!piece) out += this.#single(event);
    }
    return run ? out + this.#sendRun(run) : out;
  }

  fail(error: ChatError): string {
    if (this.#closed) return '';
    this.#closed = true;
    return `data: ${JSON.stringify(errorBody(error))}\n\n`;
  }

  keepAlive(): string {
    return this.#closed ? '' : ': keep-alive\n\n';
  }

  /** The part of an event that may be joined with its neighbours; undefined for all that stands alone or says nothing. */
  #piece(event: ChatEvent): Run | undefined {
    if (event.type === 'text' || event.type === 'reasoning')
      return event.text === '' ? undefined : { kind: event.type, position: -1, text: event.text };
    if (event.type !== 'tool-call-delta' || event.arguments === '') return undefined;
    const call = this.#calls.get(event.index);
    if (!call) return undefined;
    call.filled ||= !isBlank(event.arguments);
    return { kind: 'arguments', position: call.position, text: event.arguments };
  }

  #sendRun(run: Run): string {
    if (run.kind === 'arguments') return this.#arguments(run.position, run.text);
    if (run.kind === 'reasoning') return this.#delta({ reasoning_content: run.text });
    this.#textLength += run.text.length;
    return this.#delta({ content: run.text });
  }

  #single(event: ChatEvent): string {
    switch (event.type) {
      case 'tool-call-start': {
        const before = this.#endCall(event.index);
        const { position, id, name } = this.#calls.start(event);
        const fragment = { index: position, id, type: 'function', function: { name, arguments: '' } };
        return (
          before + this.#delta(this.#started ? { tool_calls: [fragment] } : { content: null, tool_calls: [fragment] })
        );
      }
      case 'tool-call-end':
        return this.#endCall(event.index);
      case 'citation':
        this.#annotations.push(annotation(event, this.#textLength));
        return '';
      case 'usage':
        this.#usage = mergeUsage(this.#usage, event.usage);
        return '';
      case 'finish':
        return this.#finish(event.reason);
      case 'error':
        return this.fail(event.error);
      case 'text':
      case 'reasoning':
      case 'tool-call-delta':
      default:
        return '';
    }
  }

  #endCall(index: number): string {
    const call = this.#calls.end(index);
    return call && !call.filled ? this.#arguments(call.position, '{}') : '';
  }

  #arguments(position: number, text: string): string {
    return this.#delta({ tool_calls: [{ index: position, function: { arguments: text } }] });
  }

  #finish(reason: FinishReason): string {
    let out = this.#started ? '' : this.#delta({ content: '' });
    for (const call of this.#calls.endAll()) if (!call.filled) out += this.#arguments(call.position, '{}');
    if (this.#annotations.length > 0) out += this.#delta({ annotations: this.#annotations });
    const usage = usageBody(this.#usage);
    const apart = usage && this.#includeUsage;
    const tail = usage && !apart ? `,"usage":${JSON.stringify(usage)}` : '';
    out += `${this.#prefix}{"index":0,"delta":{},"finish_reason":"${finishReason(reason, this.#calls.count)}"}]${tail}}\n\n`;
    if (apart) out += `${this.#prefix}],"usage":${JSON.stringify(usage)}}\n\n`;
    this.#closed = true;
    return `${out}data: [DONE]\n\n`;
  }

  #delta(delta: object): string {
    const whole = this.#started ? delta : { role: 'assistant', ...delta };
    this.#started = true;
    return `${this.#prefix}{"index":0,"delta":${JSON.stringify(whole)},"finish_reason":null}]}\n\n`;
  }
}
