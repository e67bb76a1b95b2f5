import type { FigureWindow } from '../../../../shared/figures.ts';
import { preferences } from '../../../lib/preferences.ts';

const parts = {
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  day: { month: 'short', day: 'numeric' },
  hour: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
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
  const hourCycle = preferences.get().hours === 'h12' ? 'h12' : 'h23';
  const key = `${language} ${part} ${hourCycle}`;
  const format = known.get(key) ?? new Intl.DateTimeFormat(language, { ...parts[part], hourCycle });
  known.set(key, format);
  return format;
}

export const stepName = (language: string, window: FigureWindow, at: number): string =>
  formatter(language, looks[window][0]).format(at);

export const axisName = (language: string, window: FigureWindow, at: number): string =>
  formatter(language, looks[window][1]).format(at);
