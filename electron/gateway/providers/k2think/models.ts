import type { Network } from '../../network/network.ts';
import { readModels } from '../wire/openai-chat/models.ts';
import type { Listed } from '../wire/shared/catalogue.ts';
import { parseJson } from '../wire/shared/json.ts';
import { failureOf } from './errors.ts';
import { headersFor } from './headers.ts';
import type { Setup } from './options.ts';

const timeoutMs = 15_000;
const longestList = 4 << 20;
const day = (text: string): number => Date.parse(text) / 1000;

/** What holds for every model of the site, whatever its list says. */
export const described = (model: Pick<Listed, 'upstreamId' | 'created'>): Listed => ({
  upstreamId: model.upstreamId,
  created: model.created,
  capabilities: { thinking: true, tools: true, vision: false, search: false },
  // Its template knows neither tools nor response formats, and drops earlier reasoning.
  toolMode: 'injected',
  jsonMode: 'injected',
  earlierReasoning: 'none',
  contextTokens: null,
  maxOutputTokens: null,
  test: false,
});

/** Offered until an account has listed more. */
export const knownModels: readonly Listed[] = [
  described({ upstreamId: 'MBZUAI-IFM/K2-Think-v2', created: day('2026-02-01') }),
  described({ upstreamId: 'MBZUAI-IFM/K2-Think', created: day('2025-09-09') }),
];

/** The first model asks for tags in its built-in prompt; later ones begin with their reasoning. */
export const inlineThinkingOf = (upstreamId: string): 'tagged' | 'unopened' =>
  /K2-Think$/i.test(upstreamId) ? 'tagged' : 'unopened';

/** The models an account is offered; undefined when the reply is no list. Throws ChatError. */
export async function listModels(
  network: Network,
  setup: Setup,
  token: string,
  signal: AbortSignal,
): Promise<readonly Listed[] | undefined> {
  const response = await network.request({
    url: `${setup.baseUrl}/api/models`,
    method: 'GET',
    headers: headersFor(setup, { page: '/', token, accept: 'application/json' }),
    signal,
    headersTimeout: timeoutMs,
    idleTimeout: timeoutMs,
  });
  if (response.status !== 200 || /html/i.test(response.headers['content-type'] ?? ''))
    throw (await failureOf(response, setup.clock(), [token])).error;
  return readModels(parseJson(await response.text(longestList)))?.map(described);
}
