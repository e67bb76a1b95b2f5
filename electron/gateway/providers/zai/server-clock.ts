/** Below this a difference is only the way of the reply; the header counts whole seconds. */
const noticeableMs = 2_000;

/** The site's idea of the time: its signatures are good for minutes only, and a computer's clock may be off by more. */
export class ServerClock {
  readonly #clock: () => number;
  #offset = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock() + this.#offset;
  }

  /** Adopts the time of a `Date` header, and says by how many milliseconds this computer differs from it. */
  learn(date: string | undefined): number {
    const difference = date === undefined ? Number.NaN : Date.parse(date) - this.#clock();
    if (!Number.isFinite(difference)) return 0;
    this.#offset = Math.abs(difference) < noticeableMs ? 0 : difference;
    return this.#offset;
  }
}
