import type uPlot from 'uplot';
import type { Chart, Colour } from './chart.ts';

export type Colours = (name: Colour | 'color-line' | 'color-bg') => string;

const labelRoom = 11;
export const axisFont = '11px system-ui, sans-serif';
/** Canvas pixels are finer than those of the page. */
const fine = (plot: uPlot, length: number): number => length * (plot.ctx.canvas.width / Math.max(1, plot.width));
const fontOf = (plot: uPlot): string => `${fine(plot, 11)}px system-ui, sans-serif`;

/** Single values that are too few for a percentile. */
export function drawDots(plot: uPlot, { dots, series }: Chart, hidden: ReadonlySet<string>, colours: Colours): void {
  if (series.every(({ key }) => hidden.has(key))) return;
  const { ctx } = plot;
  ctx.save();
  ctx.fillStyle = colours('chart-1');
  ctx.globalAlpha = 0.75;
  for (const { at, value } of dots) {
    ctx.beginPath();
    ctx.arc(plot.valToPos(at, 'x', true), plot.valToPos(value, 'y', true), fine(plot, 2.5), 0, Math.PI * 2);
    ctx.fill();
  }
  ctx.restore();
}

export function drawGuide(plot: uPlot, { guide }: Chart, colours: Colours): void {
  if (guide === null) return;
  const { ctx, bbox } = plot;
  const y = plot.valToPos(guide.value, 'y', true);
  ctx.save();
  ctx.strokeStyle = colours('color-control');
  ctx.setLineDash([fine(plot, 4), fine(plot, 4)]);
  ctx.lineWidth = fine(plot, 1);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = fontOf(plot);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'bottom';
  ctx.fillStyle = colours('color-muted');
  ctx.fillText(guide.label, bbox.left + bbox.width, y - fine(plot, 2));
  ctx.restore();
}

interface EndLabel {
  readonly text: string;
  readonly colour: string;
  y: number;
}

/** Names of lines at their right ends, moved apart where they would cover each other. */
export function drawEndLabels(plot: uPlot, chart: Chart, hidden: ReadonlySet<string>, colours: Colours): void {
  if (chart.kind !== 'lines' || chart.series.length < 2) return;
  const labels: EndLabel[] = [];
  for (const { key, label, colour, values } of chart.series) {
    const value = values.findLast((one) => one !== null);
    if (hidden.has(key) || value === undefined || value === null) continue;
    labels.push({ text: shortened(label), colour: colours(colour), y: plot.valToPos(value, 'y', true) });
  }
  labels.sort((a, b) => a.y - b.y);
  const { ctx, bbox } = plot;
  const room = fine(plot, labelRoom);
  let least = bbox.top + room / 2;
  for (const label of labels) {
    label.y = Math.max(label.y, least);
    least = label.y + room;
  }
  ctx.save();
  ctx.font = fontOf(plot);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const { text, colour, y } of labels) {
    ctx.fillStyle = colour;
    ctx.fillText(text, bbox.left + bbox.width + fine(plot, 6), y);
  }
  ctx.restore();
}

const longestLabel = 12;
const shortened = (label: string): string =>
  label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;

/** Room for the labels, in pixels of the page; Chinese is wider than its number of letters. */
export function endLabelRoom({ series }: Chart): number {
  const widths = series.map(({ label }) =>
    Array.from(shortened(label)).reduce((sum, letter) => sum + (letter > '\u2E7F' ? 11.5 : 6.4), 0),
  );
  return 12 + Math.ceil(Math.max(0, ...widths));
}

export const hasEndLabels = ({ kind, series }: Chart, width: number): boolean =>
  kind === 'lines' && series.length > 1 && width >= 420;
