import { ChatError } from '../../../chat/errors.ts';
import type { Network } from '../../../network/network.ts';
import type { Listed } from '../shared/catalogue.ts';
import { readModels } from './models.ts';
import { jsonOf, send, type Service } from './service.ts';

const timeoutMs = 15_000;
const longestList = 8 << 20;

/** The models a service lists. Throws ChatError, also where there is no list. */
export async function listModels(
  network: Network,
  service: Service,
  secret: string | undefined,
  signal: AbortSignal,
): Promise<readonly Listed[]> {
  const { modelsUrl: url, name } = service;
  if (url === null)
    throw new ChatError('upstream_protocol', `${name} does not list its models.`, { upstream: { status: 404 } });
  const response = await send(network, service, {
    url,
    secret,
    signal,
    headersTimeout: timeoutMs,
    idleTimeout: timeoutMs,
  });
  const models = readModels(await jsonOf(service, response, secret, longestList));
  if (!models) throw new ChatError('upstream_protocol', `${name} sent something else than a list of models.`);
  return models;
}
