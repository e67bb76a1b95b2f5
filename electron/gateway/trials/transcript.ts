import type { TrialCall } from '../../../shared/trials.ts';
import type { ChatEvent } from '../chat/events.ts';

/** Characters kept of each: of the text, of the thinking, of one call's arguments. */
export const keptCharacters = 1_000_000;

/** Pieces of one text, with what has not been told yet; joined only when somebody wants all of it. */
class Pieces {
  #kept: string[] = [];
  #fresh: string[] = [];
  #length = 0;
  /** Where the fresh part begins. */
  #told = 0;

  /** False when there was not room for all of it. */
  add(text: string): boolean {
    const taken = text.slice(0, keptCharacters - this.#length);
    if (taken !== '') {
      this.#fresh.push(taken);
      this.#length += taken.length;
    }
    return taken.length === text.length;
  }

  take(): { readonly at: number; readonly text: string } {
    const text = this.#fresh.join('');
    const at = this.#told;
    if (text !== '') this.#kept.push(text);
    this.#fresh = [];
    this.#told = this.#length;
    return { at, text };
  }

  whole(): string {
    return [...this.#kept, ...this.#fresh].join('');
  }
}

/** What an answer has said so far, and what of it is new since the last look. */
export class Transcript {
  readonly #text = new Pieces();
  readonly #reasoning = new Pieces();
  readonly #calls = new Map<number, { readonly name: string; readonly pieces: Pieces }>();
  readonly #changed = new Set<number>();
  cut = false;

  push(events: readonly ChatEvent[]): void {
    for (const event of events) {
      if (event.type === 'text') this.#keep(this.#text, event.text);
      else if (event.type === 'reasoning') this.#keep(this.#reasoning, event.text);
      else if (event.type === 'tool-call-start') {
        this.#calls.set(event.index, { name: event.name, pieces: new Pieces() });
        this.#changed.add(event.index);
      } else if (event.type === 'tool-call-delta') {
        const call = this.#calls.get(event.index);
        if (call) this.#keep(call.pieces, event.arguments);
        this.#changed.add(event.index);
      }
    }
  }

  take() {
    const text = this.#text.take();
    const reasoning = this.#reasoning.take();
    const calls = this.#allCalls().filter(({ index }) => this.#changed.has(index));
    this.#changed.clear();
    return { textAt: text.at, text: text.text, reasoningAt: reasoning.at, reasoning: reasoning.text, calls };
  }

  whole() {
    return { text: this.#text.whole(), reasoning: this.#reasoning.whole(), calls: this.#allCalls(), cut: this.cut };
  }

  #allCalls(): TrialCall[] {
    return [...this.#calls].map(([index, { name, pieces }]) => ({ index, name, arguments: pieces.whole() }));
  }

  #keep(pieces: Pieces, text: string): void {
    if (!pieces.add(text)) this.cut = true;
  }
}
