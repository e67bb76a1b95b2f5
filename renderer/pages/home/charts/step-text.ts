import type { Chart } from './chart.ts';
import { stepName } from './times.ts';

/** One step in words, as it is read out: `14:03, ok 3, cancelled 1`. */
export function stepText(chart: Chart, hidden: ReadonlySet<string>, step: number, language: string): string {
  const at = chart.at[step];
  if (at === undefined) return chart.title;
  const values = chart.series.flatMap(({ key, label, values: all }) => {
    const value = all[step];
    return hidden.has(key) || value === null || value === undefined ? [] : [`${label} ${chart.text(value)}`];
  });
  const single = chart.dots.filter((dot) => dot.at === at).map(({ value }) => chart.text(value));
  return [stepName(language, chart.figures.window, at), ...values, ...single].join(', ');
}
