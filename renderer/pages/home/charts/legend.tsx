import { useTranslation } from 'react-i18next';
import { useStore } from '../../../lib/store.ts';
import type { Chart } from './chart.ts';
import { cursor } from './cursor.ts';
import { Swatch } from './swatch.tsx';
import { stepName } from './times.ts';

interface LegendProps {
  readonly chart: Chart;
  readonly hidden: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
}

const entry =
  'inline-flex h-6 max-w-full items-center gap-1.5 rounded-control px-1.5 text-xs text-text transition-colors hover:bg-hover aria-[pressed=false]:text-muted aria-[pressed=false]:line-through aria-[pressed=false]:[&_svg]:opacity-40';

/** What the lines and bars are, and what they are worth at the crosshair. Each can be switched off. */
export function Legend({ chart, hidden, toggle }: LegendProps) {
  const { t, i18n } = useTranslation();
  const step = useStore(cursor);
  const at = step === null ? undefined : chart.at[step];
  return (
    <div className="-ml-1.5 flex min-h-6 flex-wrap items-center gap-x-1 gap-y-0.5">
      <fieldset className="contents">
        <legend className="sr-only">{t('figures.legend', { chart: chart.title })}</legend>
        {chart.series.map((series) => {
          const value = step === null ? null : series.values[step];
          return (
            <button
              key={series.key}
              type="button"
              aria-pressed={!hidden.has(series.key)}
              onClick={() => toggle(series.key)}
              className={entry}
            >
              <Swatch series={series} kind={chart.kind} />
              <span className="truncate">{series.label}</span>
              {value !== null && value !== undefined && <b aria-hidden>{chart.text(value)}</b>}
            </button>
          );
        })}
        {chart.dots.length > 0 && (
          <span className="inline-flex h-6 items-center gap-1.5 px-1.5 text-xs text-muted">
            <svg aria-hidden width="8" height="8" className="keep-fill">
              <circle cx="4" cy="4" r="3" fill="var(--chart-1)" opacity="0.75" />
            </svg>
            {t('figures.dots')}
          </span>
        )}
      </fieldset>
      {at !== undefined && (
        <span aria-hidden className="ml-auto px-1 text-xs whitespace-nowrap text-muted">
          {stepName(i18n.language, chart.figures.window, at)}
        </span>
      )}
    </div>
  );
}
