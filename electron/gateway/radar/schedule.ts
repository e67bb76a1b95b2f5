const hour = 3_600_000;
const minute = 60_000;
/** Runs of one computer are spread, so that not all of them ask at the same time. */
const spread = 0.1;

export interface ScheduleOptions {
  /** 0: never. */
  readonly everyHours: () => number;
  /** Epoch milliseconds of the last run, also of one before a restart; null: there was none. */
  readonly lastAt: () => number | null;
  readonly run: () => Promise<unknown>;
  readonly clock: () => number;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Milliseconds until the next run; null: none is wanted. What is overdue waits some minutes, in which a computer finds its network. */
export function nextRunIn({ everyHours, lastAt, clock, random }: ScheduleOptions): number | null {
  const hours = everyHours();
  if (hours === 0) return null;
  const last = lastAt();
  const due = last === null ? 0 : last + hours * hour * (1 + spread * (2 * random() - 1)) - clock();
  return Math.max(due, minute * (1 + 2 * random()));
}

/** Runs the canaries every so many hours, while it is armed. */
export class Schedule {
  readonly #options: ScheduleOptions;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: ScheduleOptions) {
    this.#options = options;
  }

  /** Also after the setting has changed. */
  arm(): void {
    this.disarm();
    const wait = nextRunIn(this.#options);
    if (wait === null) return;
    this.#timer = setTimeout(() => {
      const mine = this.#timer;
      const again = () => {
        // Disarmed, or armed anew, while it ran.
        if (this.#timer === mine) this.arm();
      };
      this.#options.run().then(again, again);
    }, wait).unref();
  }

  disarm(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
