const limit = 64 * 1024;
/** A byte order mark and white space: they say nothing about what follows. */
const blank = new Set([0xef, 0xbb, 0xbf, 0x20, 0x09, 0x0a, 0x0d]);
const [brace, angle] = [0x7b, 0x3c];

/** Tells a bare JSON object or a web page, both of which come where a stream should, by its first character, and keeps it. */
export class PlainBody {
  #kind: 'unknown' | 'stream' | 'plain' = 'unknown';
  readonly #pieces: Uint8Array[] = [];
  #size = 0;

  /** The bytes when they belong to a stream. Blanks before its first character are let go. */
  push(bytes: Uint8Array): Uint8Array | undefined {
    if (this.#kind === 'stream') return bytes;
    if (this.#kind === 'unknown') {
      const start = bytes.findIndex((byte) => !blank.has(byte));
      if (start === -1) return undefined;
      const first = bytes[start];
      this.#kind = first === brace || first === angle ? 'plain' : 'stream';
      // A mark of which a part came before is not completed by the rest of it.
      if (this.#kind === 'stream') return bytes.subarray(start);
      this.#keep(bytes.subarray(start));
      return undefined;
    }
    this.#keep(bytes);
    return undefined;
  }

  #keep(bytes: Uint8Array): void {
    if (this.#size < limit) this.#pieces.push(bytes);
    this.#size += bytes.length;
  }

  /** The body, cut at 64 KiB; undefined when it is a stream or empty. */
  text(): string | undefined {
    if (this.#kind !== 'plain') return undefined;
    return new TextDecoder().decode(Buffer.concat(this.#pieces).subarray(0, limit)).trim();
  }
}
