import type { ChatEvent } from '../../chat/events.ts';
import { isBlank } from '../shared/blank.ts';
import type { ThinkingDisplay } from './wishes.ts';

/** One content block of the reply. */
export interface Block {
  readonly kind: 'thinking' | 'text' | 'tool_use';
  /** 0, 1, 2 … in the order in which the client sees them. */
  readonly index: number;
  /** Of a call; never empty. */
  readonly id: string;
  readonly name: string;
  /** What the provider signed the thinking with, if it did. */
  signature: string | undefined;
  /** Whether anything but blanks has come; a call that ends without has `{}`. */
  filled: boolean;
}

/** Who is told of the blocks: always `open`, pieces, `close`, and one block at a time. */
export interface BlockSink {
  open(block: Block): void;
  piece(block: Block, text: string): void;
  close(block: Block): void;
}

interface Entry {
  readonly block: Block;
  /** Pieces that came before it was this block's turn. */
  readonly held: string[];
  ended: boolean;
}

/**
 * Puts events into a row of blocks, because a Messages client knows one open block at a time while calls may interleave. The first
 * block of the row is open and goes out as it comes; what belongs to later ones waits until it ends. Fragments of a call that was
 * never started, or has ended, belong to nothing and are dropped.
 */
export class BlockRow {
  readonly #sink: BlockSink;
  readonly #answerId: string;
  readonly #display: ThinkingDisplay;
  #row: Entry[] = [];
  /** Where in the row the open block is; those before it are done. Taking them out one by one would take quadratic time. */
  #first = 0;
  readonly #calls = new Map<number, Entry>();
  #count = 0;
  /** How many calls there are. */
  calls = 0;

  constructor(sink: BlockSink, answerId: string, display: ThinkingDisplay) {
    this.#sink = sink;
    this.#answerId = answerId;
    this.#display = display;
  }

  take(event: ChatEvent): void {
    switch (event.type) {
      case 'text':
        if (event.text !== '') this.#add(this.#tail('text'), event.text);
        return;
      case 'reasoning':
        if (this.#display !== 'hidden') this.#reasoning(event.text, event.signature);
        return;
      case 'tool-call-start': {
        this.#endCall(event.index);
        const id = event.id || `toolu_${this.#answerId}_${this.calls}`;
        this.calls += 1;
        this.#calls.set(event.index, this.#append('tool_use', id, event.name));
        return;
      }
      case 'tool-call-delta': {
        const entry = this.#calls.get(event.index);
        if (entry && event.arguments !== '') this.#add(entry, event.arguments);
        return;
      }
      case 'tool-call-end':
        this.#endCall(event.index);
        return;
      case 'citation':
      case 'usage':
      case 'finish':
      case 'error':
      default:
    }
  }

  /** Closes whatever is open. A reply without any block gets an empty text: clients expect one. */
  end(): void {
    if (this.#count === 0) this.#append('text');
    for (const entry of this.#row) entry.ended = true;
    this.#advance();
  }

  #reasoning(text: string, signature: string | undefined): void {
    if (text === '' && !signature) return;
    const last = this.#row.at(-1);
    // What a provider has signed is complete; more thinking is another block.
    const entry =
      last?.block.kind === 'thinking' && last.block.signature !== undefined && text !== ''
        ? this.#append('thinking')
        : this.#tail('thinking');
    if (text !== '') this.#add(entry, text);
    if (signature) entry.block.signature = signature;
  }

  #tail(kind: 'text' | 'thinking'): Entry {
    const last = this.#row.at(-1);
    return last?.block.kind === kind ? last : this.#append(kind);
  }

  #append(kind: Block['kind'], id = '', name = ''): Entry {
    const last = this.#row.at(-1);
    const block: Block = { kind, index: this.#count, id, name, signature: undefined, filled: false };
    const entry: Entry = { block, held: [], ended: false };
    this.#count += 1;
    if (last && last.block.kind !== 'tool_use') last.ended = true;
    this.#row.push(entry);
    if (this.#row.length - this.#first === 1) this.#sink.open(block);
    else this.#advance();
    return entry;
  }

  #add(entry: Entry, text: string): void {
    entry.block.filled ||= !isBlank(text);
    if (entry === this.#row[this.#first]) this.#sink.piece(entry.block, text);
    else entry.held.push(text);
  }

  #endCall(index: number): void {
    const entry = this.#calls.get(index);
    if (!entry) return;
    this.#calls.delete(index);
    entry.ended = true;
    this.#advance();
  }

  #advance(): void {
    for (let head = this.#row[this.#first]; head?.ended; head = this.#row[this.#first]) {
      this.#sink.close(head.block);
      this.#first += 1;
      const next = this.#row[this.#first];
      if (!next) {
        this.#row = [];
        this.#first = 0;
        return;
      }
      this.#sink.open(next.block);
      for (const text of next.held.splice(0)) this.#sink.piece(next.block, text);
    }
  }
}
