export interface Job {
  readonly signal: AbortSignal;
  /** One more is done. */
  readonly step: () => void;
  readonly end: () => void;
}

export interface JobsOptions {
  /** The gateway's life. */
  readonly signal: AbortSignal;
  readonly progress: (job: { readonly id: string; readonly done: number; readonly total: number }) => void;
}

/** Work that takes long: it says how far it has come and can be cancelled, under an id that the window has made up. */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #running = new Map<string, AbortController>();

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  start(id: string | undefined, total: number): Job {
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, this.#options.signal]);
    if (id === undefined) return { signal, step: () => {}, end: () => {} };
    this.#running.set(id, controller);
    let done = 0;
    return {
      signal,
      step: () => this.#options.progress({ id, done: ++done, total }),
      end: () => {
        if (this.#running.get(id) === controller) this.#running.delete(id);
      },
    };
  }

  /** False when it has come to its end. */
  cancel(id: string): boolean {
    const running = this.#running.get(id);
    running?.abort();
    return running !== undefined;
  }
}
