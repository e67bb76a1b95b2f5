import { toChatError, type ChatError } from '../../../chat/errors.ts';
import type { Network } from '../../../network/network.ts';
import type { Verification } from '../../provider.ts';
import type { Listed } from '../shared/catalogue.ts';
import { isHeaderText } from '../shared/headers.ts';
import { listModels } from './list.ts';
import { jsonOf, send, type Service } from './service.ts';
import type { Traits } from './traits.ts';

const timeoutMs = 60_000;

export interface VerifyOptions {
  /** A model to ask where the list tells nothing of a key, with what it takes. */
  readonly model: () => { readonly upstreamId: string; readonly traits: Traits } | undefined;
  /** Told of the list that was read on the way. */
  readonly learn: (models: readonly Listed[]) => void;
  /** Whether the list is only for who has a key; undefined: nobody knows, so it is asked for without one. */
  readonly listNeedsKey: boolean | undefined;
}

/**
 * Whether a service accepts a key; without one, whether it answers at all. Only what it says about the key counts against
 * it. A list of models that is open to everybody tells nothing; then a call for one token does.
 */
export async function verifyKey(
  network: Network,
  service: Service,
  secret: string | undefined,
  signal: AbortSignal,
  options: VerifyOptions,
): Promise<Verification> {
  if (secret !== undefined && !isHeaderText(secret))
    return invalid('The key has characters that no key has.', 'upstream_auth_failed');
  try {
    const listed = await lists(network, service, secret, signal, options);
    if (listed && (secret === undefined || (await listTells(network, service, signal, options))))
      return { outcome: 'user' };
    const model = options.model();
    if (!model) return unreachable(`${service.name} lists no models; name one in its settings.`, 'no_models');
    await callOnce(network, service, secret, model, signal);
    return { outcome: 'user' };
  } catch (error) {
    return verdict(toChatError(error));
  }
}

/** Whether the list is only for who has a key. */
async function listTells(
  network: Network,
  service: Service,
  signal: AbortSignal,
  options: VerifyOptions,
): Promise<boolean> {
  return options.listNeedsKey ?? !(await lists(network, service, undefined, signal, options, false));
}

/** Statuses of a service without a list of models, or with one that cannot be read. */
const missing: ReadonlySet<number> = new Set([400, 404, 405, 410, 422, 501]);

/** Whether the models are listed to who has this key, or none. Throws what says something about the key or the service. */
async function lists(
  network: Network,
  service: Service,
  secret: string | undefined,
  signal: AbortSignal,
  options: VerifyOptions,
  telling = true,
): Promise<boolean> {
  try {
    const models = await listModels(network, service, secret, signal);
    if (telling) options.learn(models);
    return true;
  } catch (error) {
    const { code, upstream } = toChatError(error);
    if (!telling && code !== 'client_closed') return false;
    if (missing.has(upstream?.status ?? 0)) return false;
    throw error;
  }
}

async function callOnce(
  network: Network,
  service: Service,
  secret: string | undefined,
  { upstreamId, traits }: { readonly upstreamId: string; readonly traits: Traits },
  signal: AbortSignal,
): Promise<void> {
  const response = await send(network, service, {
    url: `${service.base}/chat/completions`,
    secret,
    signal,
    body: {
      model: upstreamId,
      messages: [{ role: 'user', content: 'Hi' }],
      ...(!traits.refuses.includes('max_tokens') && { [traits.maxTokens]: 1 }),
      stream: false,
    },
    headersTimeout: timeoutMs,
    idleTimeout: timeoutMs,
  });
  await jsonOf(service, response, secret, 1 << 20);
}

/** The service knows the key if it complains of anything that comes after it. */
const pastTheKey: ReadonlySet<string> = new Set([
  'upstream_rate_limited',
  'request_rejected',
  'model_not_found',
  'model_not_allowed',
  'model_not_in_plan',
  'concurrency_limited',
]);

function verdict(error: ChatError): Verification {
  const { code, message, hint } = error;
  if (code === 'upstream_auth_failed' || code === 'plan_expired') return invalid(message, code);
  if (code === 'quota_exceeded' || code === 'wrong_base') return { outcome: 'user', reason: message, code };
  if (pastTheKey.has(code)) return { outcome: 'user' };
  return unreachable(
    code === 'upstream_protocol' || code === 'no_such_api' || code === 'upstream_blocked'
      ? `${message} ${hint}`
      : message,
    code,
  );
}

const invalid = (reason: string, code: string): Verification => ({ outcome: 'invalid', reason, code });
const unreachable = (reason: string, code: string): Verification => ({ outcome: 'unreachable', reason, code });
