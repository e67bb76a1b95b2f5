import type { Dispatcher } from 'undici';
import { cancelled } from './errors.ts';
import type { TakeBytes } from './network.ts';

/** Bytes that may wait for a reader before the socket is paused. */
const highWater = 64 * 1024;

export interface IncomingOptions {
  readonly signal: AbortSignal;
  readonly onConnected: (() => void) | undefined;
  readonly onHeaders: (status: number, headers: Headers) => void;
  /** The request failed before it had headers. */
  readonly onFailed: (error: unknown) => void;
}

/** How a body came to its end. */
export interface Ending {
  readonly error: Error | undefined;
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * One request on its way through undici, and the bytes that come back. undici calls for each chunk of the transfer coding,
 * of which a busy socket brings hundreds at once: they are gathered and handed over together when the read is over, in the
 * same turn of the event loop and without a stream or a promise in between.
 */
export class Incoming implements Dispatcher.DispatchHandler {
  readonly #options: IncomingOptions;
  #controller: Dispatcher.DispatchController | null = null;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #scheduled = false;
  #paused = false;
  #answered = false;
  #over: Ending | null = null;
  /** Looks at what has come. */
  #reader: (() => void) | null = null;

  constructor(options: IncomingOptions) {
    this.#options = options;
    if (options.signal.aborted) this.#abort();
    else options.signal.addEventListener('abort', this.#abort);
  }

  get over(): boolean {
    return this.#over !== null;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Given up while it waited for a connection.
    if (this.#over) controller.abort(cancelled());
    else this.#options.onConnected?.();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return;
    // They are pieces of the first read, all of which would be held for as long as the answer takes.
    controller.rawHeaders = null;
    this.#answered = true;
    this.#options.onHeaders(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#paused || (!this.#reader && this.#size > highWater)) this.#pause(controller);
    if (this.#reader) this.#schedule();
  }

  onResponseEnd(): void {
    this.#end(undefined);
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#end(error);
  }

  /** Breaks the request off; the reader sees the error. */
  abort(error: Error): void {
    this.#end(error);
  }

  /**
   * Hands over what each read brings. Resolves at the end or when `take` has enough, with the error when the body broke off;
   * rejects, and closes the connection, with what `take` threw.
   */
  pour(take: TakeBytes): Promise<Ending> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#reader = null;
      };
      const broken = (error: unknown) => {
        stop();
        this.abort(cancelled());
        reject(error);
      };
      const proceed = (enough: boolean) => {
        if (enough) {
          stop();
          resolve({ error: undefined });
          return;
        }
        this.#reader = look;
        if (this.#paused) this.#resume();
        look();
      };
      const look = () => {
        try {
          const bytes = this.#gathered();
          if (bytes) {
            const enough = take(bytes);
            if (typeof enough === 'boolean') {
              if (enough) proceed(true);
            } else {
              stop();
              this.#paused = true;
              enough.then(proceed).catch(broken);
              return;
            }
          }
          if (!this.#reader || !this.#over) return;
          stop();
          resolve(this.#over);
        } catch (error) {
          broken(error);
        }
      };
      proceed(false);
    });
  }

  #gathered(): Uint8Array | undefined {
    const chunks = this.#chunks;
    if (chunks.length === 0) return undefined;
    this.#chunks = [];
    this.#size = 0;
    return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    process.nextTick(() => {
      this.#scheduled = false;
      this.#reader?.();
    });
  }

  #pause(controller: Dispatcher.DispatchController): void {
    this.#paused = true;
    controller.pause();
  }

  #resume(): void {
    this.#paused = false;
    // After the end the connection may already serve another request.
    if (!this.#over) this.#controller?.resume();
  }

  readonly #abort = (): void => this.#end(cancelled());

  #end(error: Error | undefined): void {
    if (this.#over) return;
    this.#over = { error };
    this.#options.signal.removeEventListener('abort', this.#abort);
    if (error !== undefined) this.#controller?.abort(error);
    if (!this.#answered) this.#options.onFailed(error);
    if (this.#reader) this.#schedule();
  }
}
