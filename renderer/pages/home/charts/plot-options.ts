import uPlot from 'uplot';
import type { Chart } from './chart.ts';
import { syncKey } from './cursor.ts';
import { axisFont, type Colours, drawDots, drawEndLabels, drawGuide, endLabelRoom, hasEndLabels } from './drawing.ts';
import { canvasFill } from './fill.ts';
import { axisName } from './times.ts';

export const plotHeight = 160;
/** A time at the very end needs room for its second half. */
const edge = 20;
/** Whole requests and tokens have no halves. */
const wholeSteps = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat();

interface Look {
  readonly colours: Colours;
  readonly language: string;
  readonly width: number;
  readonly hidden: () => ReadonlySet<string>;
  readonly chart: () => Chart;
  readonly pointed: (step: number | null) => void;
}

/** A value between two gaps makes no line: it is shown as a point. */
function lonely(plot: uPlot, at: number): number[] {
  const values = Array.from(plot.data[at] ?? []);
  const empty = (step: number): boolean => (values[step] ?? null) === null;
  return [...values.keys()].filter((step) => !empty(step) && empty(step - 1) && empty(step + 1));
}

function seriesOf(chart: Chart, { colours }: Look): uPlot.Series[] {
  const bars = uPlot.paths.bars?.({ size: [0.86, 28], align: 1 });
  const drawn = chart.series.map(({ label, colour, fill, dash }): uPlot.Series => {
    const stroke = colours(colour);
    if (chart.kind === 'bars')
      return {
        label,
        fill: ({ ctx }) => canvasFill(ctx, fill, stroke),
        stroke,
        width: 0,
        points: { show: false },
        ...(bars && { paths: bars }),
      };
    return {
      label,
      stroke,
      dash: [...dash],
      width: 1.75,
      spanGaps: chart.joined,
      points: { show: true, size: 5, width: 0, fill: stroke, filter: (plot, at) => lonely(plot, at) },
    };
  });
  // The highest of a stack first, so that the others stand before it.
  return chart.kind === 'bars' ? drawn.toReversed() : drawn;
}

export function plotOptions(chart: Chart, look: Look): uPlot.Options {
  const { colours, language, width } = look;
  const { window } = chart.figures;
  const axis = {
    stroke: colours('color-muted'),
    font: axisFont,
    grid: { stroke: colours('color-line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: plotHeight,
    ms: 1,
    padding: [8, hasEndLabels(chart, width) ? Math.max(edge, endLabelRoom(chart)) : edge, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: syncKey, setSeries: false },
      drag: { x: false, y: false, setScale: false },
      points: { show: chart.kind === 'lines', size: 7 },
      y: false,
    },
    scales: {
      x: { time: true, range: () => [look.chart().figures.from, look.chart().figures.until] },
      y: { range: (_plot, _low, high) => [0, Math.max(look.chart().least, highest(look.chart(), high)) * 1.08] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        gap: 8,
        space: 64,
        grid: { show: false },
        values: (_plot, splits) => splits.map((at) => axisName(language, window, at)),
      },
      {
        ...axis,
        size: 52,
        gap: 6,
        space: 34,
        ...(chart.kind === 'bars' && { incrs: wholeSteps }),
        values: (_plot, splits) => splits.map((value) => look.chart().axis(value)),
      },
    ],
    series: [{}, ...seriesOf(chart, look)],
    hooks: {
      setCursor: [(plot) => look.pointed(plot.cursor.idx ?? null)],
      drawAxes: [(plot) => drawGuide(plot, look.chart(), colours)],
      draw: [
        (plot) => {
          drawDots(plot, look.chart(), look.hidden(), colours);
          if (hasEndLabels(chart, plot.width)) drawEndLabels(plot, look.chart(), look.hidden(), colours);
        },
      ],
    },
  };
}

/** Also of what is drawn as dots. */
const highest = ({ dots }: Chart, high: number | null): number =>
  dots.reduce((most, { value }) => Math.max(most, value), high ?? 0);
