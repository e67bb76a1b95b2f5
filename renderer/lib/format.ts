import { useTranslation } from 'react-i18next';
import type { HourCycle } from '../../shared/appearance.ts';
import { preferences } from './preferences.ts';
import { useStore } from './store.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');

function createFormat(language: string, cycle: HourCycle) {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const clock = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: cycle === 'h12' ? 'h12' : 'h23',
  });
  const moment = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...(cycle !== 'auto' && { hourCycle: cycle }),
  });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const all = new Intl.ListFormat(language, { type: 'conjunction' });

  return {
    number: (value: number) => whole.format(value),
    decimal: (value: number) => tenth.format(value),
    compact: (value: number) => short.format(value),
    percent: (value: number) => share.format(value),
    /** Joins clauses; the Chinese "和" of Intl joins words only. */
    list: (items: readonly string[]) => (language.startsWith('zh') ? items.join('，') : all.format(items)),
    /** 14:03:22 */
    clock: (at: number) => clock.format(at),
    /** 14:03:22.118 */
    preciseClock: (at: number) =>
      clock
        .formatToParts(at)
        .map(({ type, value }) => (type === 'second' ? `${value}.${pad(new Date(at).getMilliseconds(), 3)}` : value))
        .join(''),
    dateTime: (at: number) => moment.format(at),
    /** Nov 21, 2026 */
    day: (at: number) => date.format(at),
    /** ms and s are the same in every language. */
    duration(ms: number): string {
      if (ms < second) return `${whole.format(ms)} ms`;
      if (ms < 10 * second) return `${tenth.format(ms / second)} s`;
      if (ms < minute) return `${whole.format(ms / second)} s`;
      if (ms < hour) return `${Math.floor(ms / minute)} min ${Math.floor((ms % minute) / second)} s`;
      if (ms < day) return `${Math.floor(ms / hour)} h ${Math.floor((ms % hour) / minute)} min`;
      return `${Math.floor(ms / day)} d ${Math.floor((ms % day) / hour)} h`;
    },
    /** 0:42 */
    countdown(ms: number): string {
      const left = Math.max(0, Math.ceil(ms / second));
      const hours = Math.floor(left / 3600);
      const minutes = Math.floor(left / 60) % 60;
      return hours > 0 ? `${hours}:${pad(minutes)}:${pad(left % 60)}` : `${minutes}:${pad(left % 60)}`;
    },
    relative(at: number, now: number): string {
      const passed = at - now;
      const size = Math.abs(passed);
      if (size < 5 * second) return ago.format(0, 'second');
      if (size < minute) return ago.format(Math.round(passed / second), 'second');
      if (size < hour) return ago.format(Math.round(passed / minute), 'minute');
      if (size < day) return ago.format(Math.round(passed / hour), 'hour');
      return ago.format(Math.round(passed / day), 'day');
    },
  };
}

export type Format = ReturnType<typeof createFormat>;

/** Making an Intl formatter is slow, using one is not. */
const formats = new Map<string, Format>();

export function formatFor(language: string, hours = preferences.get().hours): Format {
  const key = `${language} ${hours}`;
  const known = formats.get(key) ?? createFormat(language, hours);
  formats.set(key, known);
  return known;
}

export function useFormat(): Format {
  const { hours } = useStore(preferences);
  return formatFor(useTranslation().i18n.language, hours);
}
