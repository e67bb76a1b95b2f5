import type { ChatError } from '../../chat/errors.ts';
import type { ChatEvent } from '../../chat/events.ts';
import type { AnswerHead, StreamEncoder } from '../dialect.ts';
import { errorBody } from '../shared/openai-error.ts';
import { failureOf } from './failure.ts';
import { Assembly } from './output/assembly.ts';
import type { Frames } from './output/item.ts';
import { isCut, type Outcome, responseBody } from './response.ts';
import type { AnswerSettings } from './settings.ts';

/** Server-sent events of one stream. Each says its type twice, because clients differ in which they read, and its number. */
class EventWriter implements Frames {
  #sequence = 0;
  #out: string[] = [];

  send(type: string, fields: object): void {
    this.#write(type, JSON.stringify(fields).slice(1));
  }

  delta(type: string, head: string, text: string, tail: string): void {
    this.#write(type, `${head.slice(1, -1)},"delta":${JSON.stringify(text)}${tail && `,${tail}`}}`);
  }

  /** What was written since the last time. */
  take(): string {
    const text = this.#out.join('');
    this.#out = [];
    return text;
  }

  #write(type: string, members: string): void {
    this.#out.push(`event: ${type}\ndata: {"type":"${type}","sequence_number":${this.#sequence},${members}\n\n`);
    this.#sequence += 1;
  }
}

/**
 * The events of a response: `response.created` and `.in_progress`, the items, one end. A broken stream ends with `error`, at which
 * OpenAI's own SDKs throw, and `response.failed`, which Codex waits for. In this order the Vercel AI SDK reports it once.
 */
export class EventEncoder implements StreamEncoder {
  readonly #writer = new EventWriter();
  readonly #head: AnswerHead;
  readonly #settings: AnswerSettings;
  readonly #assembly: Assembly;
  #started = false;
  #closed = false;

  constructor(head: AnswerHead, settings: AnswerSettings) {
    this.#head = head;
    this.#settings = settings;
    this.#assembly = new Assembly(head.id, settings, this.#writer);
  }

  push(events: readonly ChatEvent[]): string {
    for (const event of events) {
      if (this.#closed) break;
      this.#start();
      if (event.type === 'finish') {
        this.#assembly.finish(event.reason);
        this.#end(isCut(event.reason) ? 'response.incomplete' : 'response.completed', event.reason);
      } else if (event.type === 'error') this.#fail(event.error);
      else this.#assembly.take(event);
    }
    if (!this.#closed) this.#assembly.settle();
    return this.#writer.take();
  }

  fail(error: ChatError): string {
    if (!this.#closed) this.#fail(error);
    return this.#writer.take();
  }

  keepAlive(): string {
    return this.#closed ? '' : ': keep-alive\n\n';
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    const response = this.#response('in_progress');
    this.#writer.send('response.created', response);
    this.#writer.send('response.in_progress', response);
  }

  #fail(error: ChatError): void {
    this.#start();
    this.#assembly.settle();
    const { error: details } = errorBody(error);
    const { code, message, param } = details;
    this.#writer.send('error', { code, message, param, error: details });
    this.#end('response.failed', failureOf(error, message));
  }

  #response(outcome: Outcome): object {
    return { response: responseBody(this.#head, this.#settings, this.#assembly, outcome) };
  }

  #end(type: string, outcome: Outcome): void {
    this.#closed = true;
    this.#writer.send(type, this.#response(outcome));
  }
}
