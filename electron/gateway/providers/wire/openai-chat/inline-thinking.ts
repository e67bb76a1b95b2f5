import type { Source } from './source.ts';

const opener = '<think>';
const closer = '</think>';
/** Blanks an answer may begin with before its first character is taken as it is. */
const longestBlank = 1_000;

export interface Told {
  readonly reasoning: string;
  readonly text: string;
}

const nothing: Told = { reasoning: '', text: '' };

/** How much of the end of `text` may be the beginning of `mark`. */
export function held(text: string, mark: string): number {
  for (let size = Math.min(mark.length - 1, text.length); size > 0; size -= 1)
    if (text.endsWith(mark.slice(0, size))) return size;
  return 0;
}

/**
 * Tells reasoning from answer where a model writes both into its text (see Traits.inlineThinking). Linear, at any split. What
 * was taken for reasoning and never ended was the answer, unless it was cut off: it is then told once more, as text.
 */
export class InlineThinking {
  readonly #unopened: boolean;
  readonly #hold: boolean;
  #state: 'start' | 'thinking' | 'after' | 'plain';
  /** Characters that cannot be told yet. */
  #rest = '';
  readonly #thought: string[] = [];

  constructor({ inlineThinking, delivery }: Pick<Source, 'inlineThinking' | 'delivery'>) {
    this.#state = inlineThinking === 'none' ? 'plain' : 'start';
    this.#unopened = inlineThinking === 'unopened';
    this.#hold = delivery === 'whole';
  }

  push(piece: string): Told {
    if (this.#state === 'plain') return { reasoning: '', text: piece };
    const text = this.#rest + piece;
    this.#rest = '';
    if (this.#state === 'start') return this.#start(text);
    return this.#state === 'thinking' ? this.#thinking(text) : this.#after(text);
  }

  /** What is left at the end; `answered`: the answer came to its own end, without tool calls. */
  end(answered: boolean): Told {
    const rest = this.#rest;
    this.#rest = '';
    if (this.#state !== 'thinking') return { reasoning: '', text: this.#state === 'after' ? '' : rest };
    this.#thought.push(rest);
    const whole = this.#thought.join('');
    if (this.#hold) return answered ? { reasoning: '', text: whole } : { reasoning: whole, text: '' };
    return { reasoning: answered ? '' : rest, text: answered ? whole : '' };
  }

  #start(text: string): Told {
    const begun = text.trimStart();
    if (begun.startsWith(opener)) {
      this.#state = 'thinking';
      return this.#thinking(begun.slice(opener.length));
    }
    if (opener.startsWith(begun) && text.length <= longestBlank) {
      this.#rest = text;
      return nothing;
    }
    this.#state = this.#unopened ? 'thinking' : 'plain';
    return this.#unopened ? this.#thinking(begun) : { reasoning: '', text };
  }

  #thinking(text: string): Told {
    const end = text.indexOf(closer);
    if (end < 0) {
      const keep = held(text, closer);
      this.#rest = text.slice(text.length - keep);
      return this.#thoughts(text.slice(0, text.length - keep));
    }
    const told = this.#thoughts(text.slice(0, end));
    const reasoning = this.#hold ? this.#thought.join('') : told.reasoning;
    this.#thought.length = 0;
    this.#state = 'after';
    return { reasoning, text: this.#after(text.slice(end + closer.length)).text };
  }

  #thoughts(text: string): Told {
    const thought = this.#thought.length === 0 ? text.trimStart() : text;
    if (thought !== '') this.#thought.push(thought);
    return this.#hold ? nothing : { reasoning: thought, text: '' };
  }

  /** Blank lines between reasoning and answer belong to neither. */
  #after(text: string): Told {
    const answer = text.trimStart();
    if (answer === '') return nothing;
    this.#state = 'plain';
    return { reasoning: '', text: answer };
  }
}
