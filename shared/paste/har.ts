import { bare } from './bare.ts';
import { cookiesIn, decoded } from './cookies.ts';
import { isRecord, tokensInJson } from './json.ts';
import { hostOf, maxItems, type Pasted, secretFields, tokenCookies } from './pasted.ts';

type Found = Omit<Pasted, 'line'>;

const maxEntries = 100_000;
/** The answers that name a token are short; the rest of a recording is not looked into. */
const maxAnswer = 65_536;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Whether this is a recording of a browser's network tab. */
export const isHar = (root: unknown): root is { log: { entries: readonly unknown[] } } =>
  isRecord(root) && isRecord(root['log']) && Array.isArray(root['log']['entries']);

/**
 * Tokens in a recording: of headers, cookies and queries that were sent, and of short answers that name one. Browsers leave
 * cookies and authorization out of a recording unless told otherwise, so the last two are often all there is.
 */
export function tokensInHar({ log }: { log: { entries: readonly unknown[] } }): { items: Found[]; cut: boolean } {
  const found = new Map<string, Found>();
  for (const entry of log.entries.slice(0, maxEntries)) {
    if (!isRecord(entry) || !isRecord(entry['request'])) continue;
    const host = hostOf(entry['request']['url']);
    for (const item of [...fromRequest(entry['request'], host), ...fromResponse(entry['response'], host)]) {
      const key = `${item.host} ${item.value}`;
      if (!found.has(key) && found.size < maxItems) found.set(key, item);
    }
  }
  return { items: [...found.values()], cut: log.entries.length > maxEntries || found.size >= maxItems };
}

function pairsOf(list: unknown): { name: string; value: string }[] {
  return listOf(list).flatMap((pair) =>
    isRecord(pair) && typeof pair['name'] === 'string' && typeof pair['value'] === 'string' && pair['value'] !== ''
      ? [{ name: pair['name'].toLowerCase(), value: pair['value'] }]
      : [],
  );
}

function fromRequest(request: Record<string, unknown>, host: string | null): Found[] {
  const headers = pairsOf(request['headers']);
  return [
    ...headers
      .filter(({ name, value }) => secretFields.has(name) && !/^basic /i.test(value))
      .map(({ name, value }): Found => ({ place: 'header', name, value: bare(value.replace(/^bearer +/i, '')), host })),
    ...pairsOf(request['cookies'])
      .filter(({ name }) => tokenCookies.has(name))
      .map(({ name, value }): Found => ({ place: 'cookie', name, value: decoded(value), host })),
    ...headers.filter(({ name }) => name === 'cookie').flatMap(({ value }) => cookiesIn(value, host)),
    ...pairsOf(request['queryString'])
      .filter(({ name }) => name === 'token' || name === 'api_key')
      .map(({ name, value }): Found => ({ place: 'address', name, value: decoded(value), host })),
  ];
}

function fromResponse(response: unknown, host: string | null): Found[] {
  if (!isRecord(response)) return [];
  const cookies = pairsOf(response['headers'])
    .filter(({ name }) => name === 'set-cookie')
    .flatMap(({ value }) => cookiesIn(value, host));
  const text = isRecord(response['content']) ? response['content']['text'] : undefined;
  if (typeof text !== 'string' || text.length > maxAnswer || !text.startsWith('{') || !text.includes('token'))
    return cookies;
  try {
    const reply: unknown = JSON.parse(text);
    // Only what the site itself calls its token: answers are full of other fields.
    const token = isRecord(reply) ? reply['token'] : undefined;
    return typeof token === 'string' ? [...cookies, ...tokensInJson({ token }, host).items] : cookies;
  } catch {
    return cookies;
  }
}
