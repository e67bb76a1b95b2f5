/**
 * Takes secrets out of text that came from outside before it is kept or shown: JWTs, Bearer values, keys, and query or
 * JSON fields that carry credentials. Upstreams echo tokens in error texts.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, '$1 [secret]'],
  [/\b(sk|ak|pk)-[\w-]{8,}/g, '[key]'],
  [
    /(["']?\b(?:token|access_token|api_key|apikey|authorization|cookie|passport_token_key|password|secret)\b["']?\s*[=:]\s*["']?)[^\s"'&,;}]{6,}/gi,
    '$1[secret]',
  ],
];

/** @param limit characters kept (default 2 000) */
export function redact(text: string, limit = 2_000): string {
  let clean = text.slice(0, limit * 2);
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean;
}
