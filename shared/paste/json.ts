import { bare } from './bare.ts';
import { cookiesIn } from './cookies.ts';
import { hostOf, maxItems, type Pasted, secretFields } from './pasted.ts';

type Found = Omit<Pasted, 'line'>;

/** Lists below these names hold tokens as plain strings; so does a list that is the whole text. */
const listFields = new Set(['tokens', 'keys', 'api_keys', 'apikeys']);
const maxNodes = 2_000_000;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textIn = (record: Record<string, unknown>, ...names: readonly string[]): string | undefined =>
  names.map((name) => record[name]).find((value) => typeof value === 'string');

/** The host that an object speaks of: exports of cookies say it, and so do those of a browser's storage. */
function hostIn(record: Record<string, unknown>): string | null {
  const domain = textIn(record, 'domain', 'host');
  if (domain !== undefined && /^\.?[\w.-]{1,250}(:\d+)?$/.test(domain)) return domain.replace(/^\./, '').toLowerCase();
  return hostOf(textIn(record, 'url', 'origin', 'baseUrl', 'base_url'));
}

interface Node {
  readonly value: unknown;
  readonly name: string | null;
  readonly host: string | null;
}

/**
 * Tokens in JSON of any shape, in its order: fields with telling names, lists of strings, cookies and storage as browsers and
 * their extensions export them, and e-mail with password. Nothing else of the JSON is taken.
 */
export function tokensInJson(root: unknown, host: string | null = null): { items: Found[]; cut: boolean } {
  const items: Found[] = [];
  const open: Node[] = [{ value: root, name: null, host }];
  for (let nodes = 0; open.length > 0; nodes++) {
    if (nodes > maxNodes || items.length >= maxItems) return { items, cut: true };
    const node = open.pop();
    if (!node) break;
    if (typeof node.value === 'string') items.push(...fromText(node.value, node.name, node.host));
    else for (const inner of inside(node).toReversed()) open.push(inner);
  }
  return { items, cut: false };
}

function fromText(value: string, name: string | null, host: string | null): Found[] {
  if (name === 'cookie' || name === 'cookies' || name === 'set-cookie') return cookiesIn(value, host);
  if (value.trim() === '') return [];
  return [{ value: bare(value.trim()), place: 'field', name, host }];
}

function inside({ value, name, host: outer }: Node): Node[] {
  if (Array.isArray(value)) {
    const texts = name === null || listFields.has(name);
    return value.flatMap((entry: unknown) =>
      typeof entry === 'string' && !texts
        ? []
        : [{ value: entry, name: texts && typeof entry === 'string' ? 'token' : null, host: outer }],
    );
  }
  if (!isRecord(value)) return [];
  const host = hostIn(value) ?? outer;
  const named = textIn(value, 'name', 'key')?.toLowerCase();
  const stored = value['value'];
  if (named !== undefined && typeof stored === 'string')
    return secretFields.has(named) || named === 'cookie' ? [{ value: stored, name: named, host }] : [];
  const fields = Object.entries(value).flatMap(([key, inner]): Node[] => {
    const field = key.toLowerCase();
    if (typeof inner !== 'string') return [{ value: inner, name: field, host }];
    return secretFields.has(field) || field === 'cookie' || field === 'cookies'
      ? [{ value: inner, name: field, host }]
      : [];
  });
  const [email, password] = [textIn(value, 'email'), textIn(value, 'password')];
  const account = email && password && !fields.some(({ value: inner }) => typeof inner === 'string');
  return account ? [{ value: `${email}:${password}`, name: 'password', host }, ...fields] : fields;
}
