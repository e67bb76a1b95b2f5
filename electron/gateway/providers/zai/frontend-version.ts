import type { ProviderContext } from '../provider.ts';
import type { Setup } from './options.ts';

/** What the site was known to accept when this was written; used only while nothing better can be learned. */
const fallback = 'prod-fe-1.1.98';
const freshMs = 30 * 60_000;
/** After a failed look the next one waits this long, so that an unreachable site does not delay every request. */
const failedMs = 60_000;
const fetchTimeoutMs = 10_000;
const pageLimit = 1 << 20;
const memoryKey = 'zai.frontend-version';

/** Numeric order of two `a.b.c`: as text, 1.0.99 would beat 1.0.107. */
function compare(a: readonly number[], b: readonly number[]): number {
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0);
}

/** The newest `prod-fe-a.b.c` a page names. */
export function newestVersion(html: string): string | undefined {
  const found = [...html.matchAll(/prod-fe-(\d{1,6})\.(\d{1,6})\.(\d{1,6})/g)];
  const newest = found
    .map((match) => match.slice(1).map(Number))
    .toSorted(compare)
    .at(-1);
  return newest && `prod-fe-${newest.join('.')}`;
}

/**
 * The value of X-FE-Version: found in the landing page, asked for once by however many requests need it, kept across
 * restarts. A known value is used at once and renewed behind the scenes; only the very first request ever waits.
 */
export class FrontendVersion {
  readonly #context: ProviderContext;
  readonly #setup: Setup;
  #value: string | undefined;
  #nextLook = 0;
  /** Until then another look would find nothing newer: one has just been in vain. */
  #inVain = 0;
  #looking: Promise<string> | undefined;

  constructor(context: ProviderContext, setup: Setup) {
    this.#context = context;
    this.#setup = setup;
    this.#value = newestVersion(context.memory.get(memoryKey) ?? '');
  }

  /** The version to send now. */
  async current(): Promise<string> {
    if (this.#setup.clock() < this.#nextLook) return this.#value ?? fallback;
    const look = this.#look();
    return this.#value ?? (await look);
  }

  /** The site has refused `used`: learns the newest version, unless another request has done so meanwhile. */
  async renew(used: string): Promise<string> {
    if (this.#value && this.#value !== used) return this.#value;
    if (this.#setup.clock() < this.#inVain) return used;
    const found = await this.#look();
    if (found === used) this.#inVain = this.#setup.clock() + failedMs;
    return found;
  }

  #look(): Promise<string> {
    this.#looking ??= this.#fetch().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #fetch(): Promise<string> {
    const { network, log, memory } = this.#context;
    const { baseUrl, profile, clock } = this.#setup;
    let found: string | undefined;
    try {
      const response = await network.request({
        url: `${baseUrl}/`,
        method: 'GET',
        headers: { 'User-Agent': profile.userAgent, Accept: 'text/html' },
        signal: AbortSignal.timeout(fetchTimeoutMs),
      });
      const html = await response.text(pageLimit);
      found = response.status === 200 ? newestVersion(html) : undefined;
    } catch (error) {
      log.debug({ err: error }, 'the landing page could not be read');
    }
    this.#nextLook = clock() + (found ? freshMs : failedMs);
    if (!found) {
      log.warn({ kept: this.#value ?? fallback }, 'no front-end version found on the landing page');
      return this.#value ?? fallback;
    }
    if (found !== this.#value) memory.set(memoryKey, found);
    this.#value = found;
    return found;
  }
}
