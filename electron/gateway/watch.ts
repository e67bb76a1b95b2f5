import { networkInterfaces } from 'node:os';
import type { Logger } from 'pino';
import type { SteadyClock } from './steady-clock.ts';

export interface WatchOptions {
  readonly clock: SteadyClock;
  /** Connections that wait for their next use are of no more use. */
  readonly renewConnections: () => void;
  /** Timers have stood still, or what they were set by has changed. */
  readonly rearm: () => void;
  readonly log: Logger;
  /** The addresses of this computer; of the system without. */
  readonly addresses?: () => string;
}

const everyMs = 2_000;
/** A turn of the event loop that comes so late was no slow one: the process was stopped, or the computer asleep. */
const lateMs = 10_000;

function ownAddresses(): string {
  const all = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const outside = all.filter(({ internal }) => !internal).map(({ address, netmask }) => `${address}/${netmask}`);
  return outside.toSorted().join(' ');
}

/**
 * Notices what happens to the computer under a running gateway: sleep, a clock that is set, another network. Connections from
 * before are thrown away then, because the other side has forgotten them and the next request on one would fail.
 */
export class Watch {
  readonly #options: WatchOptions;
  #timer: NodeJS.Timeout | null = null;
  #turn = 0;
  #addresses = '';

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#timer) return;
    this.#turn = performance.now();
    this.#addresses = this.#readAddresses();
    // Timers come before sockets in a turn: after a sleep nothing is sent before the connections are new.
    this.#timer = setInterval(() => this.look(), everyMs).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** The system says that it has woken up. */
  resumed(): void {
    if (!this.#timer) return;
    this.#options.clock.look();
    this.#wake('the computer was asleep');
  }

  look(): void {
    const { clock, log, rearm, renewConnections } = this.#options;
    const now = performance.now();
    const late = now - this.#turn - everyMs;
    this.#turn = now;
    const { slept, set } = clock.look();
    if (set !== 0) {
      log.warn({ seconds: Math.round(set / 1000) }, 'the clock of this computer was set');
      rearm();
    }
    if (slept >= lateMs || late >= lateMs) this.#wake('the computer or the process has stood still');
    const addresses = this.#readAddresses();
    if (addresses === this.#addresses) return;
    this.#addresses = addresses;
    log.info('the network is another one; connections are made anew');
    renewConnections();
  }

  #wake(why: string): void {
    const { log, rearm, renewConnections } = this.#options;
    log.info(`${why}; connections are made anew`);
    this.#turn = performance.now();
    renewConnections();
    rearm();
  }

  /** Not every system lets every process read them. */
  #readAddresses(): string {
    try {
      return (this.#options.addresses ?? ownAddresses)();
    } catch {
      return '';
    }
  }
}
