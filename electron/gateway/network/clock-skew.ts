import type { ClockOff } from '../../../shared/clock-off.ts';

export interface SkewClocks {
  readonly wall: () => number;
  readonly monotonic: () => number;
}

/** Less is what a slow answer makes, and hurts nobody. */
const noticeableMs = 60_000;
const mostHosts = 20;

/**
 * How far the clock of this computer is off, by what services say in the Date of their answers. Signatures and the ends of
 * tokens are judged by that time. The one it differs least from counts: as long as anybody agrees, it is the others that are wrong.
 */
export class ClockSkew {
  readonly #clocks: SkewClocks;
  /** Host → its time less the milliseconds of this process: so it stays right when the clock is set. */
  readonly #heard = new Map<string, number>();

  constructor(clocks: SkewClocks = { wall: Date.now, monotonic: () => performance.now() }) {
    this.#clocks = clocks;
  }

  /** @param headers of an answer that has just come */
  heard(host: string, headers: Readonly<Record<string, string | string[] | undefined>>): void {
    const time = Date.parse(String(headers['date']));
    // What comes out of a cache says when it went in.
    if (Number.isNaN(time) || headers['age'] !== undefined) return;
    this.#heard.delete(host);
    this.#heard.set(host, time - this.#clocks.monotonic());
    const [oldest] = this.#heard.keys();
    if (this.#heard.size > mostHosts && oldest !== undefined) this.#heard.delete(oldest);
  }

  /** While the computer sleeps, the milliseconds of a process may stand still. */
  forget(): void {
    this.#heard.clear();
  }

  /** Null: the clock is right, or nobody has said anything yet. */
  off(): ClockOff | null {
    const { wall, monotonic } = this.#clocks;
    let least: { host: string; ms: number } | null = null;
    for (const [host, offset] of this.#heard) {
      const ms = wall() - (monotonic() + offset);
      if (!least || Math.abs(ms) < Math.abs(least.ms)) least = { host, ms };
    }
    if (!least || Math.abs(least.ms) <= noticeableMs) return null;
    return { host: least.host, seconds: Math.round(least.ms / 1000) };
  }
}
