import { held, InlineThinking, type Told } from '../../wire/openai-chat/inline-thinking.ts';
import { AnswerTags } from './answer-tags.ts';
import { Quotes } from './quotes.ts';
import { Settled } from './settled.ts';

/** How a model writes where nothing else says it: see `inlineThinking` of Chat Completions. */
export interface ReadingOptions {
  readonly inlineThinking: 'tagged' | 'unopened';
  readonly delivery: 'stream' | 'whole';
}

const openers = ['<details', '<answer>'];
const summary = { opener: '<summary>', closer: '</summary>' };
const closer = '</details>';
/** Longer beginnings are no beginning of a wrapper. */
const longestHead = 1_000;

const nothing: Told = { reasoning: '', text: '' };

/**
 * Tells reasoning from answer in one text (README: Text): a `<details type="reasoning">` block, a `<think>` block, or what
 * stands before a `</think>` that was never opened; then the answer, in `<answer>` or bare. Linear, at any split.
 */
export class Reading {
  readonly #inline: InlineThinking;
  readonly #quotes = new Quotes();
  readonly #thoughts = new Settled();
  readonly #answer = new AnswerTags();
  #state: 'start' | 'summary' | 'quoted' | 'inline' | 'answer' = 'start';
  #rest = '';

  constructor(options: ReadingOptions) {
    this.#inline = new InlineThinking(options);
  }

  push(piece: string): Told {
    const text = this.#rest + piece;
    this.#rest = '';
    switch (this.#state) {
      case 'start':
        return this.#start(text);
      case 'summary':
        return this.#summary(text);
      case 'quoted':
        return this.#quoted(text);
      case 'inline':
        return this.#tell(this.#inline.push(text));
      case 'answer':
        return { reasoning: '', text: this.#answer.push(text) };
    }
  }

  /** What is left at the end; `answered`: the answer came to its own end. */
  end(answered: boolean): Told {
    const rest = this.#rest;
    this.#rest = '';
    const told = { reasoning: '', text: '' };
    const add = ({ reasoning, text }: Told) => {
      told.reasoning += reasoning;
      told.text += text;
    };
    if (this.#state === 'quoted') add({ reasoning: this.#thoughts.push(this.#quotes.push(rest)), text: '' });
    if (this.#state === 'start' || this.#state === 'inline') {
      add(this.#tell(this.#inline.push(rest)));
      add(this.#tell(this.#inline.end(answered)));
    }
    add({ reasoning: '', text: this.#answer.end() });
    return told;
  }

  #tell({ reasoning, text }: Told): Told {
    return { reasoning: this.#thoughts.push(reasoning), text: this.#answer.push(text) };
  }

  #as(state: 'summary' | 'quoted' | 'inline' | 'answer', text: string): Told {
    this.#state = state;
    return this.push(text);
  }

  #wait(text: string): Told {
    this.#rest = text;
    return nothing;
  }

  #start(text: string): Told {
    const begun = text.trimStart();
    const short = text.length <= longestHead;
    if (short && openers.some((opener) => opener.startsWith(begun))) return this.#wait(text);
    if (begun.startsWith('<answer>')) return this.#as('answer', begun);
    const end = begun.startsWith('<details') ? begun.indexOf('>') : 0;
    if (end === -1 && short) return this.#wait(text);
    // Any other block of details belongs to the answer.
    const reasons = end > 0 && /\stype="reasoning"/.test(begun.slice(0, end));
    return reasons ? this.#as('summary', begun.slice(end + 1)) : this.#as('inline', text);
  }

  #summary(text: string): Told {
    const begun = text.trimStart();
    const short = text.length <= longestHead;
    if (short && summary.opener.startsWith(begun)) return this.#wait(text);
    const end = begun.startsWith(summary.opener) ? begun.indexOf(summary.closer) : 0;
    if (end === -1 && short) return this.#wait(text);
    return this.#as('quoted', end > 0 ? begun.slice(end + summary.closer.length).replace(/^\n/, '') : begun);
  }

  #quoted(text: string): Told {
    const end = text.indexOf(closer);
    if (end !== -1) {
      const reasoning = this.#thoughts.push(this.#quotes.push(text.slice(0, end)));
      return { reasoning, text: this.#as('answer', text.slice(end + closer.length)).text };
    }
    const keep = held(text, closer);
    this.#rest = text.slice(text.length - keep);
    return { reasoning: this.#thoughts.push(this.#quotes.push(text.slice(0, text.length - keep))), text: '' };
  }
}
