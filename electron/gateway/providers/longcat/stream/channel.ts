/**
 * One text of an answer, in whichever way the site sends it: piece by piece, or from its beginning each time. Nothing that
 * was given out is given out again. Undefined: the site has rewritten what was given out.
 */
export class Channel {
  #said = '';
  /** A piece that begins with everything said so far: either the whole text once more, or a piece that looks like it. */
  #held: string | undefined;
  #cumulative = false;

  /** Everything the site has said. */
  get said(): string {
    return this.#said + (this.#held ?? '');
  }

  /** A piece that is surely one. */
  append(text: string): string {
    this.#said += text;
    return text;
  }

  /** The whole text so far; an older or empty state of it is no news. */
  upTo(whole: string): string | undefined {
    const before = this.#said;
    if (whole.length <= before.length && before.startsWith(whole)) return '';
    this.#said = whole;
    return whole.startsWith(before) ? whole.slice(before.length) : undefined;
  }

  /** A piece, or the whole text so far: which of the two is only known from the one after the first that could be both. */
  piece(text: string): string | undefined {
    if (this.#cumulative) return this.upTo(text);
    const held = this.#held;
    if (held !== undefined) {
      this.#held = undefined;
      if (text.startsWith(held)) {
        this.#cumulative = true;
        return this.upTo(text);
      }
      this.#said += held;
      return held + (this.piece(text) ?? '');
    }
    if (this.#said !== '' && text.length > this.#said.length && text.startsWith(this.#said)) {
      this.#held = text;
      return '';
    }
    return this.append(text);
  }

  /** The end: what was held back. `whole` is what the site says the text is, if it does. */
  settle(whole?: string): string {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) return '';
    const doubled = whole !== undefined && whole.startsWith(this.#said + held);
    return doubled ? this.append(held) : (this.upTo(held) ?? '');
  }
}
