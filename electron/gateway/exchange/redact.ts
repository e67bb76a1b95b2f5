/**
 * Takes secrets out of text that came from outside before it is kept or shown: JWTs, Bearer values, keys, and query or
 * JSON fields that carry credentials. Upstreams echo tokens in error texts. Each looks at every character a bounded number
 * of times, whatever the text. What group 1 holds stays.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/(\b(?:Bearer|Basic)\s+)[\w.~+/=-]{6,}/gi, '[secret]'],
  [/\b(?:sk|ak|pk)-[\w-]{8,}/g, '[key]'],
  [
    /(["']?\b(?:token|access_token|api_key|apikey|authorization|cookie|passport_token_key|password|secret)\b["']?\s*[=:]\s*["']?)[^\s"'&,;}]{6,}/gi,
    '[secret]',
  ],
];

/** Where a secret stands in a text, and what is put in its place. */
export interface Secret {
  readonly from: number;
  readonly to: number;
  readonly mark: string;
}

/** JSON Web Tokens: their first part begins like an encoded `{"`. */
function tokensIn(text: string): Secret[] {
  return [...text.matchAll(/[\w.-]{12,}/g)].flatMap(({ 0: word, index }) => {
    const begin = word.indexOf('eyJ');
    const token = word.slice(begin).replace(/\.+$/, '');
    if (begin === -1 || token.indexOf('.') < 8) return [];
    return [{ from: index + begin, to: index + begin + token.length, mark: '[token]' }];
  });
}

/** All that look like one, in their order; none overlaps another. */
export function secretsIn(text: string): Secret[] {
  const matched = patterns.flatMap(([pattern, mark]) =>
    [...text.matchAll(pattern)].map((match) => ({
      from: match.index + (match[1]?.length ?? 0),
      to: match.index + match[0].length,
      mark,
    })),
  );
  const apart: Secret[] = [];
  for (const secret of [...tokensIn(text), ...matched].toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = apart.at(-1);
    if (last === undefined || secret.from >= last.to) apart.push(secret);
    else if (secret.to > last.to) apart.splice(-1, 1, { ...last, to: secret.to });
  }
  return apart;
}

/** A part of a text that begins at `offset` in it, with what of it belongs to secrets left out. */
export function withoutSecrets(part: string, secrets: readonly Secret[], offset = 0): string {
  let clean = '';
  let reached = 0;
  for (const { from, to, mark } of secrets) {
    const [start, end] = [from - offset, to - offset];
    if (end <= 0) continue;
    if (start >= part.length) break;
    // A secret that goes through several parts has its mark where it begins.
    clean += part.slice(reached, Math.max(reached, start)) + (start >= 0 ? mark : '');
    reached = Math.min(part.length, end);
  }
  return clean + part.slice(reached);
}

/** @param limit characters kept (default 2 000) */
export function redact(text: string, limit = 2_000): string {
  const part = text.slice(0, limit * 2);
  const clean = withoutSecrets(part, secretsIn(part));
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean;
}
