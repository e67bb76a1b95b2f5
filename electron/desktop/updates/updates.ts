/** What the tray offers. Nothing is loaded and nothing installed unless the user has asked for it. */
export type UpdateState =
  | { readonly kind: 'none' }
  | { readonly kind: 'offered' | 'loading' | 'ready' | 'waiting'; readonly version: string };

/** What of electron-updater is used. */
export interface Updater {
  check(): Promise<{ readonly version: string } | null>;
  load(): Promise<unknown>;
  /** Ends Traygate as a quit does, and starts the new version. */
  install(): void;
}

export interface UpdateParts {
  readonly updater: Updater;
  /** The setting. */
  readonly wanted: () => boolean;
  /** Nothing is being answered. */
  readonly idle: () => boolean;
  readonly changed: (state: UpdateState) => void;
  readonly found: (version: string) => void;
  readonly failed: (error: unknown, asked: boolean) => void;
}

/** Offers each newer version once, loads it when told to, and installs it when told to, as soon as nothing is being answered. */
export class Updates {
  readonly #parts: UpdateParts;
  #state: UpdateState = { kind: 'none' };

  constructor(parts: UpdateParts) {
    this.#parts = parts;
  }

  get state(): UpdateState {
    return this.#state;
  }

  async check(): Promise<void> {
    const { updater, wanted, found, failed } = this.#parts;
    if (!wanted() || (this.#state.kind !== 'none' && this.#state.kind !== 'offered')) return;
    try {
      const newer = await updater.check();
      if (newer === null) return;
      const known = this.#state.kind === 'offered' && this.#state.version === newer.version;
      this.#become({ kind: 'offered', version: newer.version });
      if (!known) found(newer.version);
    } catch (error) {
      // Without a network nothing is wrong; the next check comes by itself.
      failed(error, false);
    }
  }

  /** The user has clicked what is offered. */
  async go(): Promise<void> {
    const state = this.#state;
    if (state.kind === 'offered') await this.#load(state.version);
    else if (state.kind === 'ready') this.#become({ kind: 'waiting', version: state.version });
    else if (state.kind === 'waiting') this.#become({ kind: 'ready', version: state.version });
    this.settle();
  }

  /** Something may have come to its end: what waits for a quiet moment is done now if this is one. */
  settle(): void {
    if (this.#state.kind !== 'waiting' || !this.#parts.idle()) return;
    this.#parts.updater.install();
  }

  async #load(version: string): Promise<void> {
    const { updater, failed } = this.#parts;
    this.#become({ kind: 'loading', version });
    try {
      await updater.load();
      this.#become({ kind: 'ready', version });
    } catch (error) {
      this.#become({ kind: 'offered', version });
      failed(error, true);
    }
  }

  #become(state: UpdateState): void {
    this.#state = state;
    this.#parts.changed(state);
  }
}
