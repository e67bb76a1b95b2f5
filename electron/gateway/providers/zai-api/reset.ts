/** `2026-01-10 19:07:36`, with or without seconds, `T` and a zone. */
const moment = /(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::(\d\d))?\s*(Z|UTC|[+-]\d\d:?\d\d)?/;
/** Quotas by the week or month end later; such a key is asked again once a day. */
const longest = 26 * 60 * 60_000;

/** Milliseconds until the time that a refusal names; without a zone it is the vendor's own, in Beijing. */
export function resetIn(text: string, now: number): number | undefined {
  const [, date, minutes, seconds = '00', zone = '+08:00'] = moment.exec(text) ?? [];
  if (date === undefined || minutes === undefined) return undefined;
  const wait = Date.parse(`${date}T${minutes}:${seconds}${zone === 'UTC' ? 'Z' : zone}`) - now;
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, longest) : undefined;
}
