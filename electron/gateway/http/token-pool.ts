/**
 * The monitoring API of the Python server (docs/monitoring.md): the same paths and shapes, for the administrator only, with
 * fingerprints in the place of tokens. It speaks of one provider's pool: Z.AI's unless `?provider=` names another.
 */
import express, { type Request, type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import { isBuiltIn, ProviderId } from '../../../shared/provider.ts';
import { looksLikeToken, shortestToken } from '../../../shared/paste.ts';
import { ChatError } from '../chat/errors.ts';
import type { PoolInfo, Watched } from '../control/pool-info.ts';
import { readJson } from './json-body.ts';

export interface TokenPoolOptions {
  /** Lets only the administrator through. */
  readonly admin: RequestHandler;
  /** The pool of a provider; null where there is none. */
  readonly pool: (provider: ProviderId) => Watched | null;
  readonly config: (provider: ProviderId) => {
    readonly anonymous_mode: boolean;
    readonly failure_threshold: number;
    readonly recovery_timeout: number;
    readonly health_check_interval: number;
  };
  /** Where AUTH_TOKENS_FILE points, for Z.AI. */
  readonly tokensFile: (provider: ProviderId) => string | null;
}

const maxTokens = 10_000;
const megabyte = 1024 * 1024;
const Tokens = z.array(z.string().max(20_000)).max(maxTokens);

export function tokenPoolRouter(options: TokenPoolOptions): Router {
  const router = express.Router();
  const checking = new Map<ProviderId, Promise<unknown>>();

  const status: RequestHandler = (request, response) => {
    const { id, pool } = asked(request, options);
    const config = options.config(id);
    const info = pool.info();
    if (info.total_tokens > 0) {
      response.json({ status: 'active', pool_info: info, config });
      return;
    }
    const file = options.tokensFile(id);
    response.json({
      status: 'disabled',
      message: 'There are no tokens in this pool.',
      anonymous_mode: config.anonymous_mode,
      auth_tokens_file: file,
      auth_tokens_configured: file !== null,
    });
  };

  const healthCheck: RequestHandler = async (request, response) => {
    const { id, pool } = asked(request, options);
    if (pool.info().total_tokens === 0)
      throw new ChatError('not_found', 'There are no tokens in this pool.', { hint: 'Add some first.' });
    // Whoever asks while a check runs gets the same one: each costs a request per token.
    const running = checking.get(id) ?? checked(pool).finally(() => checking.delete(id));
    checking.set(id, running);
    response.json(await running);
  };

  const update: RequestHandler = (request, response) => {
    const { id, pool } = asked(request, options);
    const secrets = tokensOf(request.body, id);
    const { added, removed } = pool.replace(secrets);
    response.json({
      status: 'updated',
      message: `The pool of ${id} was given ${secrets.length} tokens: ${added} new, ${removed} removed.`,
      pool_info: pool.info(),
    });
  };

  router.get('/v1/token-pool/status', options.admin, status);
  router.post('/v1/token-pool/health-check', options.admin, healthCheck);
  router.post('/v1/token-pool/update', options.admin, readJson(4 * megabyte), update);
  return router;
}

function asked({ query }: Request, { pool }: TokenPoolOptions): { id: ProviderId; pool: Watched } {
  const id =
    query['provider'] === undefined ? { success: true as const, data: 'zai' } : ProviderId.safeParse(query['provider']);
  const found = id.success ? pool(id.data) : null;
  if (id.success && found) return { id: id.data, pool: found };
  throw new ChatError('not_found', 'There is no pool of this provider.', {
    param: 'provider',
    hint: 'Name a provider that takes tokens, by its id.',
  });
}

async function checked(pool: Watched): Promise<object> {
  const started = performance.now();
  await pool.check();
  const info: PoolInfo = pool.info();
  const { total_tokens, healthy_tokens, unhealthy_tokens } = info;
  const rate = total_tokens === 0 ? 0 : (healthy_tokens / total_tokens) * 100;
  return {
    status: 'completed',
    message: `${total_tokens} tokens were checked.`,
    summary: {
      total_tokens,
      healthy_tokens,
      unhealthy_tokens,
      health_rate: `${rate.toFixed(1)}%`,
      duration_seconds: Math.round(performance.now() - started) / 1000,
    },
    pool_info: info,
  };
}

/** All or nothing: one wrong item must not cost the pool its tokens. */
function tokensOf(body: unknown, provider: ProviderId): string[] {
  const parsed = Tokens.safeParse(body);
  if (!parsed.success)
    throw new ChatError('invalid_parameter', 'The body must be a JSON array of tokens.', {
      hint: `Send a list of at most ${maxTokens} strings, such as ["…", "…"].`,
    });
  const secrets = [...new Set(parsed.data.map((text) => text.trim()).filter((text) => text !== ''))];
  if (secrets.length === 0)
    throw new ChatError('invalid_parameter', 'The list holds no token.', {
      hint: 'To empty a pool use the Traygate window.',
    });
  const shortest = isBuiltIn(provider) ? shortestToken(provider) : 1;
  const wrong = parsed.data.findIndex((text) => text.trim() !== '' && !looksLikeToken(text.trim(), shortest));
  if (wrong === -1) return secrets;
  throw new ChatError('invalid_parameter', `Item ${wrong + 1} of the list is not a token.`, {
    param: `[${wrong}]`,
    hint: 'Nothing was changed. Correct the list.',
  });
}
