import { isIP } from 'node:net';

/** Wrong ones that cost nothing: a key that was pasted badly. */
const free = 5;
const longestMs = 60_000;
/** Without a wrong one for this long, an address begins anew. */
const forgetMs = 10 * 60_000;
/** Addresses that are remembered. */
const most = 10_000;

interface Guesser {
  wrong: number;
  last: number;
  until: number;
}

export interface Guessing {
  readonly address: string;
  /** Wrong ones in a row. */
  readonly wrong: number;
  readonly at: number;
}

/**
 * Slows down whoever guesses keys or passwords, each address by itself: five wrong ones are free, after that each makes the
 * wait twice as long, up to a minute. Addresses of one IPv6 network count as one, because one computer has all of them.
 */
export class Guesses {
  readonly #clock: () => number;
  readonly #noticed: (guessing: Guessing) => void;
  readonly #guessers = new Map<string, Guesser>();
  #latest: Guessing | null = null;

  /** @param noticed called once when an address begins to be slowed down */
  constructor(clock: () => number, noticed: (guessing: Guessing) => void = () => {}) {
    this.#clock = clock;
    this.#noticed = noticed;
  }

  /** Milliseconds until this address may try again. */
  wait(address: string): number {
    const guesser = this.#guessers.get(networkOf(address));
    return guesser ? Math.max(0, guesser.until - this.#clock()) : 0;
  }

  /** Counts a wrong one. Returns how long the address has to wait from now on. */
  wrong(address: string): number {
    const now = this.#clock();
    const network = networkOf(address);
    const known = this.#guessers.get(network);
    const before = known && now - known.last < forgetMs ? known.wrong : 0;
    const wrong = before + 1;
    const waitMs = wrong < free ? 0 : Math.min(longestMs, 1_000 * 2 ** (wrong - free + 1));
    // Put at the end: the first ones are those that have been quiet for longest.
    this.#guessers.delete(network);
    this.#guessers.set(network, { wrong, last: now, until: now + waitMs });
    if (this.#guessers.size > most) this.#guessers.delete(this.#guessers.keys().next().value ?? '');
    if (waitMs > 0) {
      this.#latest = { address, wrong, at: now };
      if (wrong === free) this.#noticed(this.#latest);
    }
    return waitMs;
  }

  /** Who has been slowed down lately. */
  latest(): Guessing | null {
    if (this.#latest && this.#clock() - this.#latest.at >= forgetMs) this.#latest = null;
    return this.#latest;
  }
}

/** The first 64 bits of an IPv6 address; another one as it is. */
function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: gap }, () => '0'), ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
