const parallel = 4;
const waiting = 200;

/**
 * Small jobs that must never disturb an answer, such as deleting a chat that was made for it. A job tells nobody of its
 * failure; when too many wait, the oldest are let go: what they would have tidied up does no harm.
 */
export class Background {
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;

  add(job: () => Promise<void>): void {
    this.#waiting.push(job);
    if (this.#waiting.length > waiting) this.#waiting.shift();
    this.#next();
  }

  #next(): void {
    if (this.#running >= parallel) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#running += 1;
    void job()
      .catch(() => {})
      .finally(() => {
        this.#running -= 1;
        this.#next();
      });
  }
}
