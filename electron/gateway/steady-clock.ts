import { uptime } from 'node:os';

export interface Clocks {
  /** What the computer shows, and somebody may set. */
  readonly wall: () => number;
  /** Milliseconds of this process. While the computer sleeps it stands still on some systems. */
  readonly monotonic: () => number;
  /** Milliseconds since the computer was started, its sleep included. */
  readonly uptime: () => number;
}

/** What has happened to the time since somebody last looked; milliseconds. */
export interface Look {
  /** The computer has slept for so long. */
  readonly slept: number;
  /** The clock was set by so much, forwards or backwards. */
  readonly set: number;
}

const system: Clocks = {
  wall: Date.now,
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1000,
};

/** Below this a difference is only that of the clocks' own steps. */
const noticeableMs = 1_000;

/**
 * Epoch milliseconds that only go forward, as fast as time does: what rests for ten minutes rests for ten minutes, also
 * when the clock of the computer is set meanwhile. Sleep counts: limits of providers end during it, too. It begins as the
 * computer's clock and parts from it when that is set; `shown` turns a time of this clock into one of the other.
 */
export class SteadyClock {
  readonly #clocks: Clocks;
  #offset: number;
  #last: { readonly wall: number; readonly monotonic: number; readonly uptime: number };

  constructor(clocks: Clocks = system) {
    this.#clocks = clocks;
    this.#last = this.#read();
    this.#offset = this.#last.wall - this.#last.monotonic;
  }

  readonly now = (): number => Math.round(this.#clocks.monotonic() + this.#offset);

  /** How far the computer's clock is ahead. */
  readonly ahead = (): number => {
    const ahead = this.#clocks.wall() - this.now();
    return Math.abs(ahead) < noticeableMs ? 0 : ahead;
  };

  /** To be called every few seconds. */
  look(): Look {
    const { wall, monotonic, uptime: up } = this.#last;
    const next = this.#read();
    this.#last = next;
    const passed = next.monotonic - monotonic;
    const unseen = next.uptime - up - passed;
    const slept = unseen > noticeableMs ? unseen : 0;
    this.#offset += slept;
    const off = next.wall - wall - passed - slept;
    return { slept, set: Math.abs(off) > noticeableMs ? off : 0 };
  }

  #read() {
    const { wall, monotonic, uptime: up } = this.#clocks;
    return { wall: wall(), monotonic: monotonic(), uptime: up() };
  }
}
