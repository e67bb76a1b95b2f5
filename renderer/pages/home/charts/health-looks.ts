import type { CellState } from '../../../../shared/figures.ts';
import type { ChartSeries } from './chart.ts';

/** Each with a pattern as well as a colour. */
export const healthLooks: Record<Exclude<CellState, 'idle'>, Pick<ChartSeries, 'colour' | 'fill' | 'dash'>> = {
  ok: { colour: 'color-success', fill: 'solid', dash: [] },
  degraded: { colour: 'color-warning', fill: 'diagonal', dash: [] },
  cooling: { colour: 'color-info', fill: 'dots', dash: [] },
  invalid: { colour: 'color-danger', fill: 'cross', dash: [] },
};
export type ShownState = keyof typeof healthLooks;
export const shownStates = ['ok', 'degraded', 'cooling', 'invalid'] as const satisfies readonly ShownState[];
