import { inTime } from './in-time.ts';
import type { Script } from './scripts.ts';

/** A connection to the server that replicas share, for as long as it lasts. */
export interface Connection {
  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  ping(): Promise<unknown>;
  /** After what was sent has been answered. */
  close(): Promise<void>;
  destroy(): void;
}

export interface Hearing {
  /** What any replica has told all. */
  readonly message: (text: string) => void;
  readonly lost: (error: Error) => void;
}

export type Connect = (hearing: Hearing) => Promise<Connection>;

export interface LinkOptions {
  readonly connect: Connect;
  readonly message: (text: string) => void;
  /** It can be asked, for the first time or again. */
  readonly up: () => Promise<void>;
  /** It cannot be asked; told once for each failed attempt. */
  readonly down: (error: Error) => void;
  /** 0 to 1. */
  readonly random: () => number;
}

const connectMs = 2_000;
/** How long a request waits for an answer. */
const answerMs = 250;
/** How long a connection may say nothing before it is given up. */
const silentMs = 2_000;
const pingMs = 5_000;
const pause = { first: 100, most: 5_000 } as const;
/** What has lasted as long was no failed attempt. */
const stableMs = 10_000;

type State = 'idle' | 'connecting' | 'up' | 'silent' | 'waiting' | 'closed';

/** Whether the shared server can be relied upon now. Connects again by itself, after growing pauses. */
export class Link {
  readonly #options: LinkOptions;
  #state: State = 'idle';
  #connection: Connection | null = null;
  #attempt = 0;
  #failures = 0;
  #upAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #pinging: NodeJS.Timeout | null = null;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get up(): boolean {
    return this.#state === 'up';
  }

  /** Resolves when the first attempt has come to its end, whichever. */
  async start(): Promise<void> {
    if (this.#state === 'idle') await this.#connect();
  }

  /** Rejects when nobody can be asked, or the server could not do it; the connection is given up then. */
  async run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    const attempt = this.#attempt;
    if (!this.#connection) throw new Error('There is no connection.');
    try {
      return await this.#connection.run(script, keys, args);
    } catch (error) {
      this.#fail(attempt, error);
      throw error;
    }
  }

  /** As `run`, in bounded time; undefined without an answer. */
  async ask(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    if (!this.up) return undefined;
    const attempt = this.#attempt;
    const answer = this.run(script, keys, args);
    try {
      return await inTime(answer, answerMs);
    } catch {
      this.#silent(attempt);
      return undefined;
    }
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#end('closed');
    if (!connection) return;
    await inTime(connection.close(), silentMs).catch(() => connection.destroy());
  }

  async #connect(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#state = 'connecting';
    const made = this.#options.connect({
      message: (text) => attempt === this.#attempt && this.#options.message(text),
      lost: (error) => this.#fail(attempt, error),
    });
    try {
      const connection = await inTime(made, connectMs);
      if (attempt !== this.#attempt) return connection.destroy();
      this.#connection = connection;
    } catch (error) {
      // One that comes too late is of no use.
      made.then((connection) => connection.destroy()).catch(() => {});
      return this.#fail(attempt, error);
    }
    this.#upAt = performance.now();
    this.#pinging = setInterval(() => void this.#ping(attempt), pingMs).unref();
    await this.#rise();
  }

  async #rise(): Promise<void> {
    this.#state = 'up';
    // What goes wrong in it ends the connection.
    await this.#options.up().catch(() => {});
  }

  /** A connection can be dead without saying so. */
  async #ping(attempt: number): Promise<void> {
    if (!this.#connection) return;
    try {
      await inTime(this.#connection.ping(), silentMs);
    } catch (error) {
      this.#fail(attempt, error);
    }
  }

  /** It may only be slow: nobody waits for it until it has answered, and not for long. */
  #silent(attempt: number): void {
    if (attempt !== this.#attempt || this.#state !== 'up') return;
    this.#state = 'silent';
    this.#options.down(new Error(`It did not answer within ${answerMs} ms.`));
    void this.#hope(attempt);
  }

  async #hope(attempt: number): Promise<void> {
    await this.#ping(attempt);
    if (attempt === this.#attempt && this.#state === 'silent') await this.#rise();
  }

  #fail(attempt: number, error: unknown): void {
    if (attempt !== this.#attempt || this.#state === 'closed') return;
    if (this.#connection && performance.now() - this.#upAt > stableMs) this.#failures = 0;
    const length = Math.min(pause.first * 2 ** this.#failures++, pause.most);
    this.#connection?.destroy();
    this.#end('waiting');
    this.#timer = setTimeout(() => void this.#connect(), length * (0.75 + 0.25 * this.#options.random())).unref();
    this.#options.down(error instanceof Error ? error : new Error(String(error)));
  }

  /** What the last attempt still says is not heard. */
  #end(state: 'waiting' | 'closed'): void {
    this.#state = state;
    this.#attempt++;
    this.#connection = null;
    if (this.#pinging) clearInterval(this.#pinging);
    if (this.#timer) clearTimeout(this.#timer);
  }
}
