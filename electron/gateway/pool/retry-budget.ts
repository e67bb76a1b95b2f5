const slotMs = 1_000;
const slots = 10;
const floor = 3;

interface Slot {
  at: number;
  requests: number;
  retries: number;
}

/**
 * Retries of one provider within ten seconds: a share of its requests, and three at least unless there are to be none. So a provider that fails does not
 * get several times the load it fails under.
 */
export class RetryBudget {
  readonly #clock: () => number;
  readonly #share: () => number;
  #slots: Slot[] = [];

  /** @param share 0 to 1 */
  constructor(clock: () => number, share: () => number = () => 0.2) {
    this.#clock = clock;
    this.#share = share;
  }

  /** A request is sent for the first time. */
  request(): void {
    this.#slot().requests++;
  }

  /** Whether a request may be sent once more; if so, it counts. */
  retry(): boolean {
    const slot = this.#slot();
    let [requests, retries] = [0, 0];
    for (const past of this.#slots) {
      requests += past.requests;
      retries += past.retries;
    }
    const share = this.#share();
    if (share === 0 || retries + 1 > Math.max(floor, share * requests)) return false;
    slot.retries++;
    return true;
  }

  #slot(): Slot {
    const at = Math.floor(this.#clock() / slotMs);
    // Also those of a future that a clock which was set back has left behind.
    this.#slots = this.#slots.filter((slot) => slot.at > at - slots && slot.at <= at);
    const last = this.#slots.at(-1);
    if (last?.at === at) return last;
    const slot = { at, requests: 0, retries: 0 };
    this.#slots.push(slot);
    return slot;
  }
}
