/** The user's own wall clock: the model is told the real zone and time. */
export interface LocalTime {
  readonly date: string;
  readonly time: string;
  readonly weekday: string;
  /** Minutes as `Date.getTimezoneOffset` gives them: Shanghai is -480. */
  readonly offset: number;
}

/** Building a formatter costs more than all its uses; there is one zone at a time. */
let cached: { readonly zone: string; readonly format: Intl.DateTimeFormat } | undefined;

function formatFor(zone: string): Intl.DateTimeFormat {
  if (cached?.zone === zone) return cached.format;
  const number = '2-digit' as const;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    weekday: 'long',
  });
  cached = { zone, format };
  return format;
}

/** Requests of one second share its wall clock. */
let last: { readonly second: number; readonly zone: string; readonly local: LocalTime } | undefined;

export function localTime(at: number, zone: string): LocalTime {
  const second = Math.floor(at / 1000);
  if (last?.second !== second || last.zone !== zone) last = { second, zone, local: wallClock(second, zone) };
  return last.local;
}

function wallClock(second: number, zone: string): LocalTime {
  const at = second * 1000;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatFor(zone).formatToParts(at)) parts[type] = value;
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  const time = `${parts.hour}:${parts.minute}:${parts.second}`;
  const offset = Math.round((at - Date.parse(`${date}T${time}Z`)) / 60_000);
  return { date, time, weekday: parts.weekday ?? '', offset };
}
