const longest = 30 * 60_000;

const bounded = (milliseconds: number, most: number): number | undefined =>
  Number.isFinite(milliseconds) && milliseconds > 0 ? Math.min(Math.ceil(milliseconds), most) : undefined;

const plain = /^\d+(\.\d+)?$/;

/**
 * Milliseconds until a repeat makes sense, from `retry-after-ms` (as some clouds send it) or `Retry-After` in seconds or
 * as a date. Anything else, zero and negative values mean: not said. At most `most` (30 minutes).
 */
export function retryAfter(
  headers: Readonly<Record<string, string>>,
  now: number,
  most: number = longest,
): number | undefined {
  const exact = (headers['retry-after-ms'] ?? headers['x-ms-retry-after-ms'])?.trim();
  if (exact && plain.test(exact)) return bounded(Number(exact), most);
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (plain.test(value)) return bounded(Number(value) * 1000, most);
  return /^[A-Za-z]{3,9},? /.test(value) ? bounded(Date.parse(value) - now, most) : undefined;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `1s`, `6m0s`, `7.66s` and `120ms` as OpenAI writes them; plain numbers are seconds, or a time when they are that large; or a date. */
function until(value: string, now: number): number {
  if (plain.test(value)) {
    const number = Number(value);
    if (number > 1e11) return number - now;
    return number > 1e9 ? number * 1000 - now : number * 1000;
  }
  if (/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(value)) {
    const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
    return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
  }
  return /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) - now : Number.NaN;
}

/**
 * The same from `x-ratelimit-reset` and `x-ratelimit-reset-requests`, `-tokens` and so on, and from Anthropic's
 * `anthropic-ratelimit-requests-reset`. Of several limits those count that are used up; if the service does not say which, the
 * one that ends first, because asking again then costs little.
 */
export function rateLimitReset(
  headers: Readonly<Record<string, string>>,
  now: number,
  most: number = longest,
): number | undefined {
  const limits = Object.entries(headers).flatMap(([name, value]) => {
    const isReset = /^(x-ratelimit-reset(-[a-z-]{1,40})?|anthropic-ratelimit-[a-z-]{1,40}-reset)$/.test(name);
    const wait = isReset ? bounded(until(value.trim(), now), most) : undefined;
    return wait ? [{ wait, spent: headers[name.replace('reset', 'remaining')]?.trim() === '0' }] : [];
  });
  const spent = limits.filter((limit) => limit.spent);
  if (spent.length > 0) return Math.max(...spent.map(({ wait }) => wait));
  return limits.length > 0 ? Math.min(...limits.map(({ wait }) => wait)) : undefined;
}
