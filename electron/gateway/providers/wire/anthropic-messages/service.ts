import type { Rule } from '../shared/classify.ts';
import { hopHeader, userHeaders } from '../shared/headers.ts';

/** One service behind the Messages API. */
export interface Service {
  /** As the user knows it. */
  readonly name: string;
  /** What the paths are added to: rootOf. */
  readonly root: string;
  /** Sent with every request, e.g. what a service wants beside the key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Where the key goes: services read one or the other. */
  readonly auth: 'x-api-key' | 'bearer' | 'both';
  /** What its own error codes mean. */
  readonly rules?: readonly Rule[] | undefined;
}

/** All that must not appear in anything the service says about a request. */
export const secretsOf = ({ headers = {} }: Service, secret: string | undefined): readonly string[] =>
  Object.values(headers).concat(secret ?? []);

const apiVersion = '2023-06-01';
const beta = 'anthropic-beta';

function keyHeaders(auth: Service['auth'], secret: string | undefined): Record<string, string> {
  return {
    ...(secret !== undefined && auth !== 'bearer' && { 'x-api-key': secret }),
    ...(secret !== undefined && auth !== 'x-api-key' && { authorization: `Bearer ${secret}` }),
  };
}

/** Everything that goes before a request. What the client says is what its dialect says in headers; betas add up. */
export function headersFor(
  { headers, auth }: Service,
  secret: string | undefined,
  said: Readonly<Record<string, string>> = {},
  via = '1',
): Record<string, string> {
  const given = userHeaders(headers);
  const betas = [given[beta], said[beta]].filter((value) => value !== undefined);
  return {
    'anthropic-version': apiVersion,
    accept: 'application/json, text/event-stream',
    'user-agent': 'traygate',
    ...given,
    ...said,
    ...(betas.length > 0 && { [beta]: betas.join(',') }),
    ...keyHeaders(auth, secret),
    'content-type': 'application/json',
    [hopHeader]: via,
  };
}
