import { held } from '../../wire/openai-chat/inline-thinking.ts';
import { Settled } from './settled.ts';

const opener = '<answer>';
const closer = '</answer>';
/** Blanks an answer may begin with before its first character is taken as it is. */
const longestBlank = 1_000;

/**
 * The answer without `<answer>` and `</answer>` around it. They are tags only at its very beginning and end: an answer may
 * speak of them. Linear, at any split.
 */
export class AnswerTags {
  readonly #settled = new Settled();
  #state: 'start' | 'tagged' | 'plain' = 'start';
  #rest = '';

  push(piece: string): string {
    if (piece === '') return '';
    const text = this.#rest + piece;
    this.#rest = '';
    if (this.#state === 'start') return this.#start(text);
    return this.#state === 'tagged' ? this.#tagged(text) : this.#settled.push(text);
  }

  end(): string {
    const rest = this.#settled.push(this.#rest);
    this.#rest = '';
    return this.#state === 'tagged' ? rest : rest + this.#settled.flush();
  }

  #start(text: string): string {
    const begun = text.trimStart();
    if (begun.startsWith(opener)) {
      this.#state = 'tagged';
      return this.#tagged(begun.slice(opener.length));
    }
    if (opener.startsWith(begun) && text.length <= longestBlank) {
      this.#rest = text;
      return '';
    }
    this.#state = 'plain';
    return this.#settled.push(text);
  }

  #tagged(text: string): string {
    let told = '';
    let at = 0;
    for (let end = text.indexOf(closer); end !== -1; end = text.indexOf(closer, at)) {
      told += this.#settled.push(text.slice(at, end));
      this.#settled.hold(closer);
      at = end + closer.length;
    }
    const tail = text.slice(at);
    const keep = held(tail, closer);
    this.#rest = tail.slice(tail.length - keep);
    return told + this.#settled.push(tail.slice(0, tail.length - keep));
  }
}
