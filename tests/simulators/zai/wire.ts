import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { constants, createBrotliCompress, type BrotliCompress } from 'node:zlib';

/** How one event stream leaves the simulator: plain or Brotli, written with regard to a slow reader. */
export class Wire {
  readonly #response: ServerResponse;
  readonly #brotli: BrotliCompress | undefined;
  #opened = false;

  constructor(response: ServerResponse, options: { brotli?: boolean } = {}) {
    this.#response = response;
    if (!options.brotli) return;
    this.#brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    this.#brotli.pipe(response);
  }

  /** True once the client has closed its side. */
  get gone(): boolean {
    return this.#response.destroyed;
  }

  open(): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      ...(this.#brotli ? { 'content-encoding': 'br' } : {}),
    });
    this.#response.flushHeaders();
  }

  /** Resolves when the next piece may be written; false when nobody listens any more. */
  async send(piece: string | Uint8Array): Promise<boolean> {
    if (this.gone) return false;
    this.open();
    const target = this.#brotli ?? this.#response;
    const room = target.write(piece);
    this.#brotli?.flush();
    if (!room) await this.#drained(target);
    return !this.gone;
  }

  #drained(target: Writable): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        target.off('drain', done);
        this.#response.off('close', done);
        resolve();
      };
      target.on('drain', done);
      this.#response.on('close', done);
    });
  }

  end(): void {
    if (this.gone) return;
    this.open();
    (this.#brotli ?? this.#response).end();
  }

  /** A TCP reset, as from a crashed proxy. */
  reset(): void {
    this.#response.socket?.resetAndDestroy();
  }
}
