/**
 * Text whose end is not known to be final: blanks at its end wait until more comes, so that a frame which ends with them, or
 * with a tag that is closed only for now, promises nothing. Linear, however the text is cut.
 */
export class Settled {
  #begun = false;
  readonly #held: string[] = [];

  /** What can be told now. Blanks at the very beginning are dropped. */
  push(text: string): string {
    const kept = text.trimEnd();
    if (kept === '') {
      if (this.#begun && text !== '') this.#held.push(text);
      return '';
    }
    const told = this.#held.splice(0).join('') + (this.#begun ? kept : kept.trimStart());
    this.#begun = true;
    if (kept.length < text.length) this.#held.push(text.slice(kept.length));
    return told;
  }

  /** A tag that is one only if nothing follows it. */
  hold(tag: string): void {
    this.#begun = true;
    this.#held.push(tag);
  }

  /** What was held back. */
  flush(): string {
    return this.#held.splice(0).join('');
  }
}
