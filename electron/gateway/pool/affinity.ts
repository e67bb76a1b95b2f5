interface Remembered {
  readonly credential: string;
  readonly at: number;
}

const longestMs = 60 * 60_000;
const most = 5_000;

/** Which credential answered a conversation last, for an hour and for so many conversations. */
export class Affinity {
  /** In the order of use, the oldest first. */
  readonly #known = new Map<string, Remembered>();

  remember(conversation: string, credential: string, at: number): void {
    this.#known.delete(conversation);
    this.#known.set(conversation, { credential, at });
    if (this.#known.size <= most) return;
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest);
      return;
    }
  }

  recall(conversation: string, now: number): string | undefined {
    const known = this.#known.get(conversation);
    if (known && now - known.at < longestMs) return known.credential;
    this.#known.delete(conversation);
    return undefined;
  }
}
