/** What one frame does to the text: more of it, or all of it anew. */
export interface Step {
  readonly kind: 'more' | 'anew';
  readonly text: string;
}

const openers = ['<details', '<think>', '<answer>'];
const closers = ['</answer>', '</details>', '</think>'];
/** So many frames that repeat the text and go on are no accident, nor is so much text that is only repeated. */
const firm = { growths: 2, characters: 10_000 };

/** The text without closing tags and blanks at its end: frames close their tags for the time being. */
function core(text: string): string {
  let rest = text.trimEnd();
  for (;;) {
    const closer = closers.find((tag) => rest.endsWith(tag));
    if (closer === undefined) return rest;
    rest = rest.slice(0, -closer.length).trimEnd();
  }
}

/** Whether a frame says the text so far and goes on from there. */
function repeats(text: string, value: string): boolean {
  if (openers.some((tag) => text.startsWith(tag) && value.startsWith(tag))) return true;
  const said = core(text) || text;
  return value.length >= said.length && value.startsWith(said);
}

/**
 * The text of an answer out of frames that hold either all of it so far or only what is new; the site does both, and does not
 * say which (README: Stream). A frame that does not go on from the text so far shows that frames hold pieces, unless enough of
 * them have repeated it before: then it is the text, rewritten. Linear in the characters of all frames.
 */
export class Cumulation {
  /** While nothing is certain, every frame is kept: they may turn out to be pieces. */
  #frames: string[] = [];
  #pieces: string[] | undefined;
  #text = '';
  #growths = 0;
  #kept = 0;

  /** Whether each frame holds only what is new. */
  get inPieces(): boolean {
    return this.#pieces !== undefined;
  }

  get text(): string {
    return this.#pieces ? this.#pieces.join('') : this.#text;
  }

  /** `last`: the frame that ends an answer may repeat all of it even where the others held pieces. */
  take(value: string, last = false): Step {
    if (value === '') return { kind: 'more', text: '' };
    if (this.#pieces) return last ? this.#last(this.#pieces, value) : this.#piece(this.#pieces, value);
    const before = this.#text;
    if (before.trim() === '') {
      this.#frames = [];
      return this.#whole(value);
    }
    if (repeats(before, value)) {
      if (value !== before) this.#growths += 1;
      return this.#whole(value);
    }
    if (this.#isFirm) return this.#whole(value);
    this.#pieces = [...this.#frames, value];
    this.#frames = [];
    const text = this.#pieces.join('');
    return text.startsWith(before) ? { kind: 'more', text: text.slice(before.length) } : { kind: 'anew', text };
  }

  get #isFirm(): boolean {
    return this.#growths >= firm.growths || this.#kept > firm.characters;
  }

  #whole(value: string): Step {
    const before = this.#text;
    this.#text = value;
    if (this.#isFirm) this.#frames = [];
    else {
      this.#frames.push(value);
      this.#kept += value.length;
    }
    const more = before !== '' && value.startsWith(before);
    return more ? { kind: 'more', text: value.slice(before.length) } : { kind: 'anew', text: value };
  }

  #piece(pieces: string[], value: string): Step {
    pieces.push(value);
    return { kind: 'more', text: value };
  }

  #last(pieces: string[], value: string): Step {
    const text = pieces.join('');
    if (!repeats(text, value)) return this.#piece(pieces, value);
    this.#pieces = [value];
    return value.startsWith(text) ? { kind: 'more', text: value.slice(text.length) } : { kind: 'anew', text: value };
  }
}
