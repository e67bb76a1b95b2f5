import { isHar, tokensInHar } from './paste/har.ts';
import { tokensInJson } from './paste/json.ts';
import { tokensInLines } from './paste/lines.ts';
import { maxCharacters, type Paste } from './paste/pasted.ts';
import { type ProviderId, usesApiKeys } from './provider.ts';

/**
 * Takes pasted text or a file apart into what may be tokens: lists, headers, cookies, commands, JSON, recordings of a browser's
 * network tab. Pure and linear; nothing is judged, kept or sent.
 */
export function readPaste(text: string): Paste {
  const cut = text.length > maxCharacters;
  const read = text.slice(0, maxCharacters).replace(/^\uFEFF/u, '');
  const root = jsonIn(read);
  if (root === undefined) {
    const lines = tokensInLines(read);
    return { format: 'list', items: lines.items, cut: cut || lines.cut };
  }
  const found = isHar(root) ? tokensInHar(root) : tokensInJson(root);
  return {
    format: isHar(root) ? 'har' : 'json',
    items: found.items.map((item) => ({ ...item, line: null })),
    cut: cut || found.cut,
  };
}

/** Undefined where the text as a whole is none; lists in brackets, and lines of JSON, are read line by line. */
function jsonIn(text: string): unknown {
  const start = text.trimStart().charAt(0);
  if (start !== '{' && start !== '[') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A file as text for the paste field, with only what may be a token: recordings are large and hold more than anybody's tokens.
 * Text that is a list already stays as it is.
 */
export function pasteOf(file: string): string {
  const { format, items } = readPaste(file);
  if (format !== 'har') return file;
  const lines = items.map(({ host, name, value }) =>
    host === null ? `${name ?? 'token'}: ${value}` : `https://${host} ${value}`,
  );
  return lines.join('\n');
}

/** API keys are as short as their services like; web tokens never are. */
export const shortestToken = (provider: ProviderId): number => (usesApiKeys(provider) ? 4 : 20);

/** A first look only; whether it is one is for the provider to say. */
export function looksLikeToken(value: string, shortest = 20): boolean {
  return value.length >= shortest && /^[\x21-\x7e]+$/u.test(value);
}

/** The values alone, as for a list of keys. */
export const splitPasted = (text: string): readonly { readonly value: string }[] =>
  readPaste(text).items.filter(({ value }) => value !== '');
