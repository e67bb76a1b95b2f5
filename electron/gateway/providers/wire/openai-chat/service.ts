import type { Network, NetworkResponse } from '../../../network/network.ts';
import type { ChatError } from '../../../chat/errors.ts';
import type { Rule } from '../shared/classify.ts';
import { checkUrl } from '../shared/destination.ts';
import { hopHeader, userHeaders } from '../shared/headers.ts';
import { isRecord, parseJson } from '../shared/json.ts';
import { refusalError } from './errors.ts';

/** One service behind Chat Completions. */
export interface Service {
  /** As the user knows it. */
  readonly name: string;
  /** What `/chat/completions` is added to, without a slash at the end. */
  readonly base: string;
  /** Where its models are listed; null: nowhere. */
  readonly modelsUrl: string | null;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** What its own codes mean, before the common ones. */
  readonly rules: readonly Rule[];
}

/** A request in the service's form, its key in it. */
export interface Asked {
  readonly url: string;
  readonly secret: string | undefined;
  readonly signal: AbortSignal;
  /** Sent as JSON with POST; without it, GET. */
  readonly body?: unknown;
  readonly accept?: string;
  /** `ProviderCall.via`; without it, a question that leads to no other. */
  readonly via?: string | undefined;
  readonly headersTimeout: number;
  readonly idleTimeout: number;
  readonly streams?: boolean;
  readonly onConnected?: () => void;
}

/** Sends a request to the service. Throws ChatError, also for a base URL that leads where no service may be. */
export function send(network: Network, service: Service, asked: Asked): Promise<NetworkResponse> {
  const { url, secret, body, accept = 'application/json', via = '1', ...rest } = asked;
  // The base by itself: added to a base without a host, the path would become one.
  checkUrl(service.base);
  checkUrl(url);
  return network.request({
    ...rest,
    url,
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: {
      accept,
      'user-agent': 'traygate',
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
      ...userHeaders(service.headers),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      [hopHeader]: via,
    },
  });
}

/** What a refusal means, with all secrets of the request blotted out of it. */
export function failureOf(
  service: Service,
  response: Pick<NetworkResponse, 'status' | 'headers'>,
  body: unknown,
  secret: string | undefined,
): ChatError {
  const secrets = Object.values(service.headers).concat(secret ?? []);
  const { status, headers } = response;
  return refusalError({ status, headers, body, now: Date.now(), secret: secrets }, service.name, service.rules);
}

/** A whole JSON body of a good reply. Throws ChatError for every other reply. */
export async function jsonOf(
  service: Service,
  response: NetworkResponse,
  secret: string | undefined,
  limit?: number,
): Promise<unknown> {
  const { status } = response;
  const text = await response.text(limit);
  const reply = parseJson(text);
  const failed = isRecord(reply) && isRecord(reply['error']);
  if (status < 200 || status > 299 || reply === undefined || failed) throw failureOf(service, response, text, secret);
  return reply;
}
