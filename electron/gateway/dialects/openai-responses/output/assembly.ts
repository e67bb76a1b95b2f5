import type { ChatEvent, FinishReason, Usage } from '../../../chat/events.ts';
import { mergeUsage } from '../../shared/usage.ts';
import type { AnswerSettings } from '../settings.ts';
import { callItem } from './call.ts';
import type { Frames, OutputItem } from './item.ts';
import { type Citation, MessageItem } from './message.ts';
import { ReasoningItem } from './reasoning.ts';

/**
 * Events to items. Items are sent one after the other in the order they began: what comes for a later one while an earlier one
 * is still open waits in it, because clients mix up items that are open at the same time (Codex keeps one active item).
 */
export class Assembly {
  readonly #frames: Frames;
  readonly #settings: AnswerSettings;
  readonly #answerId: string;
  readonly #items: OutputItem[] = [];
  readonly #done: object[] = [];
  readonly #calls = new Map<number, OutputItem>();
  /** The text or thinking that is being added to; calls and other items end it. */
  #tail: MessageItem | ReasoningItem | undefined;
  /** Sources that came before their text. */
  #citations: Citation[] = [];
  #opened = false;
  usage: Usage | undefined;

  constructor(answerId: string, settings: AnswerSettings, frames: Frames) {
    this.#answerId = answerId;
    this.#settings = settings;
    this.#frames = frames;
  }

  /** The finished items. */
  get output(): readonly object[] {
    return this.#done;
  }

  /** Takes any event but the ends. */
  take(event: ChatEvent): void {
    switch (event.type) {
      case 'text':
        if (event.text) this.#message().add(event.text);
        return;
      case 'reasoning':
        return this.#think(event.text, event.signature);
      case 'tool-call-start':
        return this.#startCall(event.index, event.id, event.name);
      case 'tool-call-delta':
        return this.#calls.get(event.index)?.add(event.arguments);
      case 'tool-call-end':
        return this.#endCall(event.index);
      case 'citation':
        return this.#cite(event);
      case 'usage':
        this.usage = mergeUsage(this.usage, event.usage);
        return;
      case 'finish':
      case 'error':
      case 'verbatim':
    }
  }

  /** Sends what has come for the open item. */
  settle(): void {
    if (this.#opened) this.#current?.flush(this.#frames);
  }

  /** Ends everything. What was still being written when the provider stopped early is incomplete. */
  finish(reason: FinishReason): void {
    // An answer without anything is an empty text: clients look for one.
    if (this.#items.length === 0 || this.#citations.length > 0) this.#message();
    const cut = reason === 'length' || reason === 'content-filter';
    for (const item of this.#items.slice(this.#done.length)) {
      if (cut && !item.ended) item.status = 'incomplete';
      item.ended = true;
    }
    this.#advance();
    this.#settings.keep?.(this.#done);
  }

  get #current(): OutputItem | undefined {
    return this.#items[this.#done.length];
  }

  #message(): MessageItem {
    if (this.#tail instanceof MessageItem) return this.#tail;
    const message = this.#begin(new MessageItem(this.#id('msg'), this.#items.length));
    for (const citation of this.#citations) message.cite(citation);
    this.#citations = [];
    this.#tail = message;
    this.#advance();
    return message;
  }

  #think(text: string, signature: string | undefined): void {
    if (text === '' && !signature) return;
    let tail = this.#tail instanceof ReasoningItem ? this.#tail : undefined;
    if (!tail || (tail.signed && text !== '')) {
      tail = this.#begin(new ReasoningItem(this.#id('rs'), this.#items.length, this.#settings.summaries));
      this.#tail = tail;
      this.#advance();
    }
    tail.add(text);
    if (signature) tail.sign(signature);
  }

  #startCall(index: number, id: string, flatName: string): void {
    this.#endCall(index);
    const name = this.#settings.names.get(flatName);
    const place = this.#items.length;
    // Clients drop a call without id.
    const callId = id || `call_${this.#answerId}_${place}`;
    const call = callItem({ id: this.#id(name.custom ? 'ctc' : 'fc'), index: place, callId, name });
    this.#calls.set(index, this.#begin(call));
    this.#advance();
  }

  #endCall(index: number): void {
    const call = this.#calls.get(index);
    if (!call) return;
    call.ended = true;
    this.#calls.delete(index);
    this.#advance();
  }

  #cite(citation: Citation): void {
    if (!(this.#tail instanceof MessageItem)) {
      this.#citations.push(citation);
      return;
    }
    this.#tail.cite(citation);
    this.settle();
  }

  #id(prefix: string): string {
    return `${prefix}_${this.#answerId}_${this.#items.length}`;
  }

  /** Puts an item at the end of the list; only calls stay open beside it. */
  #begin<T extends OutputItem>(item: T): T {
    if (this.#tail) this.#tail.ended = true;
    this.#tail = undefined;
    this.#items.push(item);
    return item;
  }

  /** Sends every item whose turn it is, as far as it has come. */
  #advance(): void {
    for (let item = this.#current; item; item = this.#current) {
      if (!this.#opened) item.open(this.#frames);
      this.#opened = true;
      if (!item.ended) return;
      this.#done.push(item.close(this.#frames));
      this.#opened = false;
    }
  }
}
