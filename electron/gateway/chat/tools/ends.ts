/** Finds where a block ends, chunk by chunk, looking at every character once. */
export interface BlockEnd {
  /** The position in `chunk` after the block, or -1 when it goes on. */
  push(chunk: string, from: number, to: number): number;
}

/**
 * The end of a JSON value: its brackets close, strings and escapes respected. A `<` or a backtick outside a string is no
 * JSON, so the value is over there too, closed or not: a bracket too few must not swallow the closing tag.
 */
export class JsonEnd implements BlockEnd {
  #depth = 0;
  #quoted = false;
  #escaped = false;

  push(chunk: string, from: number, to: number): number {
    let [depth, quoted, escaped] = [this.#depth, this.#quoted, this.#escaped];
    let end = -1;
    for (let at = from; at < to && end < 0; at++) {
      const code = chunk.charCodeAt(at);
      if (quoted) {
        if (escaped) escaped = false;
        else if (code === 0x5c) escaped = true;
        else if (code === 0x22) quoted = false;
      } else if (code === 0x22) quoted = true;
      else if (code === 0x7b || code === 0x5b) depth += 1;
      else if (code === 0x7d || code === 0x5d) {
        depth -= 1;
        if (depth === 0) end = at + 1;
      } else if (code === 0x3c || code === 0x60) end = at;
    }
    [this.#depth, this.#quoted, this.#escaped] = [depth, quoted, escaped];
    return end;
  }
}

/** The end of a block that lasts until its closing tag. */
export class CloserEnd implements BlockEnd {
  readonly #closer: string;
  /** The last characters seen, in which the tag may have begun. */
  #carry = '';

  constructor(closer: string) {
    this.#closer = closer;
  }

  push(chunk: string, from: number, to: number): number {
    const text = this.#carry + chunk.slice(from, to);
    const found = text.indexOf(this.#closer);
    if (found >= 0) return from + found + this.#closer.length - this.#carry.length;
    this.#carry = text.slice(1 - this.#closer.length);
    return -1;
  }
}
