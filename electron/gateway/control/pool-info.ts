import type { Exchange } from '../../../shared/exchange.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import { fitness } from '../pool/health.ts';
import type { Pool } from '../pool/pool.ts';
import type { StoredToken } from '../pool/token-store.ts';
import type { TokenKeeper } from './tokens.ts';

/** A pool as the Python server described it, field by field. */
export interface PoolInfo {
  readonly total_tokens: number;
  readonly available_tokens: number;
  readonly unavailable_tokens: number;
  readonly healthy_tokens: number;
  readonly unhealthy_tokens: number;
  readonly current_index: number;
  readonly tokens: readonly TokenInfo[];
}

interface TokenInfo {
  /** A fingerprint, where that server showed twenty characters of the token. */
  readonly token: string;
  readonly token_type: 'user' | 'guest';
  readonly is_available: boolean;
  readonly failure_count: number;
  readonly success_count: number;
  readonly success_rate: string;
  readonly total_requests: number;
  readonly is_healthy: boolean;
  /** Epoch seconds; 0: never since the start. */
  readonly last_failure_time: number;
  readonly last_success_time: number;
}

/** One provider's pool, as it can be watched from outside. */
export interface Watched {
  info(): PoolInfo;
  check(): Promise<void>;
  /** These tokens instead of those that are stored. Tokens of the environment and of files stay. */
  replace(secrets: readonly string[]): { added: number; removed: number };
}

interface LastTimes {
  ok: number;
  failed: number;
}

/** When each token was last right and last wrong, by what the log of exchanges says; forgotten when the gateway stops. */
export class LastOutcomes {
  readonly #times = new Map<string, LastTimes>();

  learn({ receivedAt, attempts }: Exchange): void {
    for (const { provider, credential, ended, failure } of attempts) {
      if (credential === null || ended === null) continue;
      const key = `${provider} ${credential}`;
      const times = this.#times.get(key) ?? { ok: 0, failed: 0 };
      times[failure ? 'failed' : 'ok'] = (receivedAt + ended) / 1000;
      this.#times.set(key, times);
    }
  }

  of({ provider, alias }: StoredToken): LastTimes {
    return this.#times.get(`${provider} ${alias}`) ?? { ok: 0, failed: 0 };
  }
}

/** Three requests say too little for a rate. */
const tooFew = 3;

export function poolInfo(pool: Pool, last: LastOutcomes, now: number): PoolInfo {
  const stored = pool.tokens();
  const tokens = stored.map((token) => tokenInfo(token, last, now));
  const available = tokens.filter(({ is_available }) => is_available).length;
  const healthy = tokens.filter(({ is_healthy }) => is_healthy).length;
  return {
    total_tokens: tokens.length,
    available_tokens: available,
    unavailable_tokens: tokens.length - available,
    healthy_tokens: healthy,
    unhealthy_tokens: tokens.length - healthy,
    current_index: afterLatest(stored),
    tokens,
  };
}

function tokenInfo(token: StoredToken, last: LastOutcomes, now: number): TokenInfo {
  const { health, ok, failed } = token;
  const guest = token.role === 'guest' || health.state === 'guest';
  const total = ok + failed;
  const available = token.enabled && token.secret !== null && fitness(health, now) !== 'unfit';
  const good = total <= tooFew ? health.failures === 0 : ok / total >= 0.5;
  const times = last.of(token);
  return {
    token: `#${token.hash.slice(0, 6)}`,
    // One that was never checked counts as its user's, as there.
    token_type: guest ? 'guest' : 'user',
    is_available: available,
    failure_count: health.failures,
    success_count: ok,
    success_rate: `${(total === 0 ? 100 : (ok / total) * 100).toFixed(2)}%`,
    total_requests: total,
    is_healthy: !guest && available && good,
    last_failure_time: times.failed,
    last_success_time: times.ok,
  };
}

/** The place after the one that was used last: whose turn it would be in that server. */
function afterLatest(tokens: readonly StoredToken[]): number {
  let [place, latest] = [-1, 0];
  for (const [at, { lastUsedAt }] of tokens.entries())
    if ((lastUsedAt ?? 0) > latest) [place, latest] = [at, lastUsedAt ?? 0];
  return tokens.length === 0 ? 0 : (place + 1) % tokens.length;
}

export function watched(provider: ProviderId, pool: Pool, tokens: TokenKeeper, last: LastOutcomes): Watched {
  return {
    info: () => poolInfo(pool, last, pool.now),
    async check() {
      await tokens.checkSaved(pool.tokens().map(({ id }) => id));
    },
    replace: (secrets) => tokens.replace(provider, secrets),
  };
}
