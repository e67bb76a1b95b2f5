/**
 * One channel of text as the client has it. When the site rewrites text that was already passed on, it cannot be taken
 * back, and sending it again would double it: the channel passes on only what really comes after.
 */
export class Shown {
  /** Text the client has that the site has withdrawn; if the site writes it again, it is not sent again. */
  #ahead = '';

  /** What of newly appended text is news. */
  appended(text: string): string {
    if (!this.#ahead) return text;
    const ahead = this.#ahead;
    if (ahead.startsWith(text)) {
      this.#ahead = ahead.slice(text.length);
      return '';
    }
    this.#ahead = '';
    return text.startsWith(ahead) ? text.slice(ahead.length) : text;
  }

  /** What of a rewritten tail is news; undefined when the client now has something else than the site says. */
  rewritten(before: string, after: string): string | undefined {
    if (after.startsWith(before)) return this.appended(after.slice(before.length));
    if (before.startsWith(after)) {
      this.#ahead = before.slice(after.length) + this.#ahead;
      return '';
    }
    this.#ahead = '';
    return undefined;
  }
}
