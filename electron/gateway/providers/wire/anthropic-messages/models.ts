import type { Network } from '../../../network/network.ts';
import type { Listed } from '../shared/catalogue.ts';
import { isRecord, listIn, parseJson, recordIn, textIn, type Json } from '../shared/json.ts';
import { textOfReply } from '../shared/transport.ts';
import { failureOf } from './errors.ts';
import { headersFor, secretsOf, type Service } from './service.ts';
import { type ServiceTraits, type Stated, traitsOf } from './traits.ts';

/** One model as a service lists it. */
export interface ListedModel {
  readonly id: string;
  /** Unix seconds, where they are said. */
  readonly created?: number;
  readonly contextTokens?: number;
  readonly maxOutputTokens?: number;
  /** What the list says that the model takes. */
  readonly stated?: Stated;
}

const mostModels = 1_000;
const mostPages = 20;
const longestPage = 4 << 20;
const timeoutMs = 15_000;
const idPattern = /^[\p{L}\p{N}][\p{L}\p{N} ._:+/@~-]{0,127}$/u;
/** Without a date of its own, a model is as old as the API. */
const unknownDate = Date.UTC(2023, 5) / 1000;

const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;

const supports = (record: Json, key: string): boolean | undefined => {
  const value = recordIn(record, key)['supported'];
  return typeof value === 'boolean' ? value : undefined;
};

function statedOf(capabilities: Json): Stated {
  const images = supports(capabilities, 'image_input');
  const thinking = recordIn(capabilities, 'thinking');
  const types = recordIn(thinking, 'types');
  const off = supports(types, 'disabled');
  const form = supports(types, 'adaptive') ? 'adaptive' : supports(types, 'enabled') ? 'budget' : undefined;
  return {
    ...(images !== undefined && { images }),
    ...(thinking['supported'] === false ? { thinking: 'none' } : form && { thinking: form }),
    ...(off !== undefined && { thinkingOff: off }),
  };
}

function listed(item: unknown): ListedModel[] {
  const id = isRecord(item) ? textIn(item, 'id') : undefined;
  if (!isRecord(item) || !id || !idPattern.test(id) || item['lifecycle'] === 'retired') return [];
  const since = count(item['created']) ?? count(Math.floor(Date.parse(textIn(item, 'created_at') ?? '') / 1000));
  const [context, output] = [count(item['max_input_tokens']), count(item['max_tokens'])];
  return [
    {
      id,
      ...(since !== undefined && { created: since }),
      ...(context !== undefined && { contextTokens: context }),
      ...(output !== undefined && { maxOutputTokens: output }),
      stated: statedOf(recordIn(item, 'capabilities')),
    },
  ];
}

/** The models of one page, and where the next one begins; undefined when it is no list. OpenAI's shape is read as well. */
export function readPage(
  body: unknown,
): { readonly models: readonly ListedModel[]; readonly next: string | undefined } | undefined {
  const data = isRecord(body) ? listIn(body, 'data') : undefined;
  if (!isRecord(body) || !data) return undefined;
  return { models: data.flatMap(listed), next: body['has_more'] === true ? textIn(body, 'last_id') : undefined };
}

/** `GET /v1/models`, page after page. Throws ChatError; undefined when the service answers with something else. */
export async function listModels(
  network: Network,
  service: Service,
  secret: string | undefined,
  signal: AbortSignal,
): Promise<readonly ListedModel[] | undefined> {
  const found = new Map<string, ListedModel>();
  for (let page = 0, after = ''; page < mostPages && found.size < mostModels; page += 1) {
    const url = `${service.root}/v1/models?limit=1000${after && `&after_id=${encodeURIComponent(after)}`}`;
    const response = await network.request({
      url,
      method: 'GET',
      headers: headersFor(service, secret),
      signal,
      headersTimeout: timeoutMs,
      idleTimeout: timeoutMs,
    });
    const text = await textOfReply(response, url, longestPage);
    const refusal = { status: response.status, body: text, headers: response.headers, now: Date.now() };
    if (response.status !== 200) throw failureOf({ ...refusal, secret: secretsOf(service, secret) }, service);
    const read = readPage(parseJson(text));
    if (!read) return page === 0 ? undefined : [...found.values()];
    for (const model of read.models) if (found.size < mostModels && !found.has(model.id)) found.set(model.id, model);
    if (read.next === undefined || read.next === after) break;
    after = read.next;
  }
  return [...found.values()];
}

/** What a model of this service offers to clients. */
export function infoOf(model: ListedModel, service: ServiceTraits | undefined): Listed {
  const { thinking, tools, images } = traitsOf(model.id, service, model.stated);
  return {
    upstreamId: model.id,
    created: model.created ?? unknownDate,
    capabilities: { thinking: thinking !== 'none', tools, vision: images, search: false },
    toolMode: tools ? 'native' : 'injected',
    jsonMode: 'injected',
    contextTokens: model.contextTokens ?? null,
    maxOutputTokens: model.maxOutputTokens ?? null,
    test: false,
  };
}
