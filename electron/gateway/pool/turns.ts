import { ChatError } from '../chat/errors.ts';

/** Ends one turn; a second call does nothing. */
export type EndTurn = () => void;

interface Line {
  running: number;
  readonly waiting: Set<() => void>;
}

export interface TurnsOptions {
  /** How many may run at once under one name; read anew for each request. */
  readonly limit: () => number;
  /** How many may wait under one name. */
  readonly longest: number;
}

/** Lets so many run at once under one name; the others wait, first come, first served. */
export class Turns {
  readonly #lines = new Map<string, Line>();
  readonly #options: TurnsOptions;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Resolves when it is one's turn. Throws ChatError `queue_full`; whoever is aborted leaves the line. */
  async take(name: string, signal: AbortSignal): Promise<EndTurn> {
    const line = this.#lines.get(name) ?? { running: 0, waiting: new Set() };
    this.#lines.set(name, line);
    if (line.running < this.#options.limit()) line.running++;
    else await this.#wait(line, signal);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      line.running--;
      this.#admit(line);
      if (line.running === 0 && line.waiting.size === 0) this.#lines.delete(name);
    };
  }

  #admit(line: Line): void {
    for (const next of line.waiting) {
      if (line.running >= this.#options.limit()) return;
      line.waiting.delete(next);
      line.running++;
      next();
    }
  }

  #wait({ waiting }: Line, signal: AbortSignal): Promise<void> {
    if (waiting.size >= this.#options.longest)
      return Promise.reject(
        new ChatError('queue_full', `${waiting.size} requests are waiting for this key and model.`),
      );
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(enter);
        reject(new ChatError('client_closed', 'The request was cancelled.'));
      };
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      if (signal.aborted) leave();
      else {
        signal.addEventListener('abort', leave, { once: true });
        waiting.add(enter);
      }
    });
  }
}
