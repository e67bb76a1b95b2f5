import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../lib/store.ts';
import type { Chart } from './chart.ts';
import { useTheme } from './colours.ts';
import { cursor } from './cursor.ts';
import { PlotCanvas } from './plot-canvas.tsx';
import { stepText } from './step-text.ts';

interface PlotProps {
  readonly chart: Chart;
  readonly hidden: ReadonlySet<string>;
}

/** The picture of a chart. Arrow keys move its crosshair, and what is there is read out. */
export function Plot({ chart, hidden }: PlotProps) {
  const { t, i18n } = useTranslation();
  const theme = useTheme();
  const step = useStore(cursor);
  const id = useId();
  const last = chart.at.length - 1;
  // Whatever is drawn once and for all; values are not.
  const look = [chart.figures.window, theme, i18n.language, ...chart.series.map(({ label }) => label)].join('|');
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="sr-only">
        {t('figures.walk', { chart: chart.title })}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={last}
        value={step ?? last}
        aria-valuetext={stepText(chart, hidden, step ?? last, i18n.language)}
        onChange={({ target }) => cursor.set(Number(target.value))}
        onKeyDown={({ key }) => {
          if (key === 'Escape') cursor.set(null);
        }}
        onBlur={() => cursor.set(null)}
        className="peer pointer-events-none absolute size-px opacity-0"
      />
      <div className="rounded-control outline-offset-2 outline-accent peer-focus-visible:outline-2">
        <PlotCanvas key={look} chart={chart} hidden={hidden} language={i18n.language} step={step} />
      </div>
    </div>
  );
}
