import type { Json } from './json.ts';
import { ignored, type TargetOf } from './target.ts';

/** Fields that other gateways read as where to go, and with which key; they never leave with one of ours. */
const destinations = ['api_base', 'api_key', 'base_url', 'extra_headers', 'headers', 'provider_url', 'proxy'];

/** A client's own body without what could lead it, and a key, somewhere else. */
export function withoutDestinations(body: Json, target: TargetOf<unknown>): Json {
  const found = destinations.filter((name) => name in body);
  for (const name of found) ignored(target, name);
  return found.length === 0 ? body : Object.fromEntries(Object.entries(body).filter(([name]) => !found.includes(name)));
}
