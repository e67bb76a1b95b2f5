import { bare } from './bare.ts';
import { beginsCommand, goesOn, tokenInAddress, tokensInCommand } from './command.ts';
import { cookiesIn, decoded, looksLikeCookies } from './cookies.ts';
import { tokensInJson } from './json.ts';
import { hostOf, maxItems, type Pasted, secretFields, tokenCookies } from './pasted.ts';

type Found = Omit<Pasted, 'line'>;

/** Newlines are counted first; these part the rest. Chinese input methods type the full-width forms. */
const separators = /[\s,;，；、]+/u;

/** Headers as a browser's tools copy them. The values of those not asked for are nobody's business. */
const header =
  /^(?::authority|:method|:path|:scheme|accept(?:-[\w-]{1,40})?|api-key|authority|authorization|cache-control|connection|content-[\w-]{1,40}|cookie|dnt|host|origin|pragma|priority|referer|sec-[\w-]{1,40}|set-cookie|te|user-agent|x-[\w-]{1,40}) ?: ?(.*)$/is;

const variable = /^(?:export |set |\$env:)?\s{0,5}([A-Z][A-Z0-9_]{2,80})\s{0,5}=\s{0,5}(.+)$/s;
const holdsSecrets = /TOKEN|KEY|COOKIE|SECRET/;

export const linesOf = (text: string): string[] => text.split(/\r\n|\n|\r/u);

/** Each line as one or more of: a list of tokens, a header, a cookie, a variable, JSON, a command that may go on in the next ones. */
export function tokensInLines(text: string): { items: Pasted[]; cut: boolean } {
  const items: Pasted[] = [];
  const lines = linesOf(text);
  /** Of the headers that stand together. */
  let host: string | null = null;
  for (let at = 0; at < lines.length; at++) {
    if (items.length >= maxItems) return { items, cut: true };
    const line = lines[at] ?? '';
    const first = at + 1;
    if (line.trim() === '') host = null;
    if (beginsCommand(line)) {
      const command = [line];
      while (at + 1 < lines.length && goesOn(line, lines[at] ?? '')) command.push(lines[++at] ?? '');
      for (const item of tokensInCommand(command.join('\n'))) items.push({ ...item, line: first });
      continue;
    }
    const copied = headerIn(line);
    if (copied) host = copied.host ?? host;
    for (const item of copied?.items ?? inLine(line)) items.push({ ...item, host: item.host ?? host, line: first });
  }
  return { items: items.slice(0, maxItems), cut: items.length > maxItems };
}

function inLine(line: string): Found[] {
  const trimmed = line.trim();
  const stored = cookieFileLine(line);
  if (stored) return stored;
  if (trimmed.startsWith('#')) return [];
  if (trimmed.startsWith('{')) {
    const items = jsonLine(trimmed.replace(/,$/, ''));
    if (items) return items;
  }
  if (looksLikeCookies(trimmed)) return cookieHeader(trimmed);
  const [, name = '', value = ''] = variable.exec(trimmed) ?? [];
  if (holdsSecrets.test(name)) {
    const found = value
      .split(separators)
      .map(bare)
      .filter((part) => part !== '');
    return found.map((part) => ({ place: 'variable', name: name.toLowerCase(), value: part, host: null }));
  }
  return list(line);
}

/** A line of a list. An address in it says where the tokens beside it belong, or carries one itself. */
function list(line: string): Found[] {
  let host: string | null = null;
  return line.split(separators).flatMap((piece): Found[] => {
    const value = bare(piece);
    if (value === '') return [];
    const address = hostOf(value);
    if (address === null) return [{ place: 'list', name: null, value, host }];
    host = address;
    const token = tokenInAddress(value);
    return token === null ? [] : [{ place: 'address', name: 'token', value: token, host }];
  });
}

function headerIn(line: string): { items: Found[]; host: string | null } | null {
  const trimmed = line.trim();
  const value = header.exec(trimmed)?.[1]?.trim();
  if (value === undefined) return null;
  const name = trimmed.slice(0, trimmed.indexOf(':', 1)).trim().toLowerCase();
  if (name === 'host' || name === ':authority' || name === 'authority') return { items: [], host: value.toLowerCase() };
  if (name === 'origin' || name === 'referer') return { items: [], host: hostOf(value) };
  if (name === 'cookie' || name === 'set-cookie') return { items: cookieHeader(value), host: null };
  if (!secretFields.has(name)) return { items: [], host: null };
  const items = list(value).map(({ value: part, host }): Found => ({ place: 'header', name, value: part, host }));
  return { items: items.filter(({ value: part }) => !/^(?:bearer|basic)$/i.test(part)), host: null };
}

function cookieHeader(text: string): Found[] {
  const found = cookiesIn(text, null);
  return found.length > 0 ? found : [{ place: 'cookie', name: null, value: '', host: null }];
}

/** A line of cookies.txt: domain, flag, path, flag, expiry, name and value, parted by tabs. */
function cookieFileLine(line: string): Found[] | null {
  const [domain = '', flag, , secure, , name = '', ...rest] = line.replace(/^#HttpOnly_/, '').split('\t');
  if (rest.length !== 1 || !/^(?:TRUE|FALSE)$/.test(flag ?? '') || !/^(?:TRUE|FALSE)$/.test(secure ?? '')) return null;
  const known = name.toLowerCase();
  if (!tokenCookies.has(known)) return [];
  return [
    {
      place: 'cookie',
      name: known,
      value: decoded(rest[0]?.trim() ?? ''),
      host: domain.replace(/^\./, '').toLowerCase(),
    },
  ];
}

function jsonLine(line: string): Found[] | null {
  try {
    return tokensInJson(JSON.parse(line)).items;
  } catch {
    return null;
  }
}
