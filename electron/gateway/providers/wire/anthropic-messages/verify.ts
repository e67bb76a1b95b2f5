import { ChatError, toChatError } from '../../../chat/errors.ts';
import type { Network } from '../../../network/network.ts';
import type { Verification } from '../../provider.ts';
import { isHeaderText } from '../shared/headers.ts';
import { textOfReply } from '../shared/transport.ts';
import { failureOf } from './errors.ts';
import { listModels, type ListedModel } from './models.ts';
import { headersFor, secretsOf, type Service } from './service.ts';

const timeoutMs = 30_000;

export interface VerifyOptions {
  /** A model to ask where the service has no list to read. */
  readonly model: () => string | undefined;
  /** Told of the list that was read on the way. */
  readonly learn?: (models: readonly ListedModel[]) => void;
  /** The list is open to everybody, so only a call tells whether a key is good. */
  readonly openList?: boolean;
}

/**
 * Whether a service accepts a key. Only what the service says about the key counts against it; an empty account or a limit
 * means that it is known. Where the list of models tells nothing, a call of one token does.
 */
export async function verifyKey(
  network: Network,
  service: Service,
  secret: string,
  signal: AbortSignal,
  options: VerifyOptions,
): Promise<Verification> {
  if (!isHeaderText(secret)) return invalid('The key has characters that no key has.', 'upstream_auth_failed');
  try {
    const models = await listed(network, service, secret, signal);
    if (models) options.learn?.(models);
    if (models && !options.openList) return { outcome: 'user' };
    const model = models?.[0]?.id ?? options.model();
    if (model === undefined)
      return unreachable(`${service.name} lists no models; name one in its settings.`, 'no_models');
    await callOnce(network, service, secret, model, signal);
    return { outcome: 'user' };
  } catch (error) {
    return verdict(toChatError(error), service);
  }
}

/** The list; undefined where the service has none. */
async function listed(
  network: Network,
  service: Service,
  secret: string,
  signal: AbortSignal,
): Promise<readonly ListedModel[] | undefined> {
  try {
    return await listModels(network, service, secret, signal);
  } catch (error) {
    if (error instanceof ChatError && missing.has(error.upstream?.status ?? 0)) return undefined;
    throw error;
  }
}

const missing: ReadonlySet<number> = new Set([400, 404, 405, 410, 422, 501]);

async function callOnce(
  network: Network,
  service: Service,
  secret: string,
  model: string,
  signal: AbortSignal,
): Promise<void> {
  const url = `${service.root}/v1/messages`;
  const response = await network.request({
    url,
    method: 'POST',
    headers: headersFor(service, secret),
    body: JSON.stringify({ model, max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] }),
    signal,
    headersTimeout: timeoutMs,
    idleTimeout: timeoutMs,
  });
  const text = await textOfReply(response, url);
  const page = text.trimStart().startsWith('<');
  const refusal = { status: response.status, body: text, headers: response.headers, now: Date.now() };
  if (response.status !== 200 || page || /"error"\s*:\s*\{/.test(text.slice(0, 1_000)))
    throw failureOf({ ...refusal, secret: secretsOf(service, secret) }, service);
}

function verdict(error: ChatError, { root }: Service): Verification {
  const { code, message } = error;
  if (code === 'upstream_auth_failed') return invalid(message, code);
  if (code === 'quota_exceeded') return { outcome: 'user', reason: message, code };
  // The service knows the key, or it would have said that first.
  if (
    code === 'upstream_rate_limited' ||
    code === 'request_rejected' ||
    code === 'model_not_found' ||
    code === 'model_not_allowed'
  )
    return { outcome: 'user' };
  if (code === 'upstream_protocol' || code === 'no_such_api' || code === 'upstream_blocked')
    return unreachable(`${message} Is ${new URL(root).host} the right address?`, code);
  return unreachable(message, code);
}

const invalid = (reason: string, code: string): Verification => ({ outcome: 'invalid', reason, code });
const unreachable = (reason: string, code: string): Verification => ({ outcome: 'unreachable', reason, code });
