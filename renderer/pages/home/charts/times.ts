import type { FigureWindow } from '../../../../shared/figures.ts';

const parts = {
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { month: 'short', day: 'numeric' },
  hour: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** How a step is named, and how the axis names its places. */
const looks: Record<FigureWindow, readonly [step: keyof typeof parts, axis: keyof typeof parts]> = {
  '15m': ['second', 'minute'],
  '1h': ['minute', 'minute'],
  '24h': ['minute', 'minute'],
  '7d': ['hour', 'day'],
  '30d': ['hour', 'day'],
};

const known = new Map<string, Intl.DateTimeFormat>();

function formatter(language: string, part: keyof typeof parts): Intl.DateTimeFormat {
  const key = `${language} ${part}`;
  const format = known.get(key) ?? new Intl.DateTimeFormat(language, parts[part]);
  known.set(key, format);
  return format;
}

export const stepName = (language: string, window: FigureWindow, at: number): string =>
  formatter(language, looks[window][0]).format(at);

export const axisName = (language: string, window: FigureWindow, at: number): string =>
  formatter(language, looks[window][1]).format(at);
