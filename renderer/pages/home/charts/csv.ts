import type { FigureBucket } from '../../../../shared/figures.ts';
import type { Column } from './chart.ts';

/** Spreadsheets take a cell that begins so for a formula, and names of models come from services. */
const formula = /^[=+\-@\t\r]/u;

function cell(value: number | string | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\n\r]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLines = (rows: readonly (readonly (number | string | null)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** The same in every language: names in English, times in ISO 8601. */
export const csvOf = (columns: readonly Column[], buckets: readonly FigureBucket[]): string =>
  csvLines([
    ['time', ...columns.map(({ name }) => name)],
    ...buckets.map((bucket) => [new Date(bucket.at).toISOString(), ...columns.map(({ raw }) => raw(bucket))]),
  ]);
