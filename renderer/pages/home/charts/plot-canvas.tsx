import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { type Chart, stacked } from './chart.ts';
import { coloursOf } from './colours.ts';
import { cursor } from './cursor.ts';
import { plotHeight, plotOptions } from './plot-options.ts';
import './charts.css';

interface PlotCanvasProps {
  readonly chart: Chart;
  readonly hidden: ReadonlySet<string>;
  readonly language: string;
  /** Where the crosshair is, whoever has put it there. */
  readonly step: number | null;
}

function dataOf(chart: Chart, hidden: ReadonlySet<string>): uPlot.AlignedData {
  const values =
    chart.kind === 'bars'
      ? stacked(chart.series, hidden).toReversed()
      : chart.series.map(({ key, values: all }) => all.map((value) => (hidden.has(key) ? null : value)));
  return [[...chart.at], ...values];
}

/** uPlot, kept in step with the chart. Made anew, by its key, when it must look otherwise. */
export function PlotCanvas({ chart, hidden, language, step }: PlotCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useRef({ chart, hidden });

  useLayoutEffect(() => {
    shown.current = { chart, hidden };
    plot.current?.setData(dataOf(chart, hidden));
  }, [chart, hidden]);

  useLayoutEffect(() => {
    const target = frame.current;
    if (target === null) return undefined;
    const made = new uPlot(
      plotOptions(shown.current.chart, {
        colours: coloursOf(target),
        language,
        width: Math.max(120, target.clientWidth),
        chart: () => shown.current.chart,
        hidden: () => shown.current.hidden,
        pointed: (at) => cursor.set(at),
      }),
      dataOf(shown.current.chart, shown.current.hidden),
      target,
    );
    plot.current = made;
    const watch = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      if (width > 0 && width !== made.width) made.setSize({ width, height: plotHeight });
    });
    watch.observe(target);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [language]);

  useEffect(() => {
    const made = plot.current;
    if (made === null || (made.cursor.idx ?? null) === step) return;
    const at = step === null ? undefined : shown.current.chart.at[step];
    if (at === undefined) made.setCursor({ left: -10, top: -10 }, false);
    else made.setCursor({ left: made.valToPos(at, 'x'), top: plotHeight / 3 }, false);
  }, [step]);

  return <div ref={frame} className="h-40 min-w-0 overflow-hidden" />;
}
