import type { Blame } from '../../../shared/blame.ts';
import type { Exchange } from '../../../shared/exchange.ts';
import type { ProviderId } from '../../../shared/provider.ts';

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly at: number;
}

/** Blames that say something about a provider as a whole; of our own faults only the base that is set does. */
const aboutProvider = new Set<Blame>(['captcha', 'client-version', 'network', 'provider']);

/** The last failure of each provider that was no token's and no client's fault, until it answers again. */
export class Problems {
  readonly #problems = new Map<ProviderId, Problem>();

  get(provider: ProviderId): Problem | null {
    return this.#problems.get(provider) ?? null;
  }

  forget(provider: ProviderId): void {
    this.#problems.delete(provider);
  }

  /** Learns from an exchange that has changed; true when a problem has come or gone. */
  learn({ test, attempts }: Exchange): boolean {
    const attempt = attempts.at(-1);
    if (test || !attempt || attempt.ended === null) return false;
    const { provider, failure } = attempt;
    const known = this.#problems.get(provider);
    if (!failure) return this.#problems.delete(provider);
    if (!aboutProvider.has(failure.blame) && failure.code !== 'wrong_base') return false;
    this.#problems.set(provider, { code: failure.code, message: failure.message, at: Date.now() });
    return known?.code !== failure.code;
  }
}
