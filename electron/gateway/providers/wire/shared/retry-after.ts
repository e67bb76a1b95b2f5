const longest = 30 * 60_000;

const bounded = (milliseconds: number): number | undefined =>
  Number.isFinite(milliseconds) && milliseconds > 0 ? Math.min(Math.ceil(milliseconds), longest) : undefined;

/**
 * Milliseconds until a repeat makes sense, from `retry-after-ms` (as some clouds send it) or `Retry-After` in seconds or
 * as a date. Anything else, zero and negative values mean: not said. At most 30 minutes.
 */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const exact = headers['retry-after-ms']?.trim();
  if (exact && /^\d+(\.\d+)?$/.test(exact)) return bounded(Number(exact));
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return bounded(Number(value) * 1000);
  return /^[A-Za-z]{3,9},? /.test(value) ? bounded(Date.parse(value) - now) : undefined;
}
