/** Where the events of an answer go: on the wire, or nowhere when only the whole is wanted. */
export interface Frames {
  /** One event; `fields` without `type` and `sequence_number`. */
  send(type: string, fields: object): void;
  /** A piece of text, the most frequent event: `head` and `tail` are JSON made once per item. */
  delta(type: string, head: string, text: string, tail: string): void;
}

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

/**
 * One item of the output. It collects its text in pieces, whether or not it is its turn to be sent, and joins them once.
 * `open`, then any number of `flush`, then `close` send it.
 */
export abstract class OutputItem {
  readonly id: string;
  readonly index: number;
  /** Whether all of it has come from the provider. */
  ended = false;
  /** How the answer's end left an item that had not ended. */
  status: 'completed' | 'incomplete' = 'completed';
  /** Characters so far. */
  length = 0;
  readonly #pieces: string[] = [];
  #sent = 0;

  constructor(id: string, index: number) {
    this.id = id;
    this.index = index;
  }

  add(piece: string): void {
    if (piece === '') return;
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  abstract open(frames: Frames): void;
  /** Sends what has come since the last time. */
  abstract flush(frames: Frames): void;
  /** Sends the rest and gives the finished item. */
  abstract close(frames: Frames): object;

  /** Text that was not taken before. */
  protected unsent(): string {
    const fresh = this.#pieces.length - this.#sent;
    if (fresh === 0) return '';
    const text = fresh === 1 ? (this.#pieces[this.#sent] ?? '') : this.#pieces.slice(this.#sent).join('');
    this.#sent = this.#pieces.length;
    return text;
  }

  protected whole(): string {
    return this.#pieces.join('');
  }

  protected added(frames: Frames, item: object): void {
    frames.send('response.output_item.added', { output_index: this.index, item });
  }

  protected done(frames: Frames, item: object): object {
    frames.send('response.output_item.done', { output_index: this.index, item });
    return item;
  }
}
