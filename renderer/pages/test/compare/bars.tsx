import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/format.ts';
import { type FigureName, figureNames, figureOf, spreadOf } from './figures.ts';
import type { Pane } from './panes.ts';

function useFigureText(): (name: FigureName, value: number) => string {
  const format = useFormat();
  return (name, value) => {
    if (name === 'speed') return format.decimal(value);
    return name === 'tokens' ? format.number(value) : format.duration(value);
  };
}

const chartHeight = 32;

/** The time of each answer, oldest first; the words are in the spread. */
function Trend({ pane }: { readonly pane: Pane }) {
  const { t } = useTranslation();
  const totals = pane.rows.flatMap((row) => (row.outcome === 'ok' ? (row.closed ?? []) : []));
  if (totals.length < 2) return null;
  const largest = Math.max(1, ...totals);
  const points = totals.map(
    (ms, at) => `${(at / (totals.length - 1)) * 100},${chartHeight - 1 - (ms / largest) * (chartHeight - 2)}`,
  );
  return (
    <figure>
      <svg aria-hidden className="block h-8 w-full" viewBox={`0 0 100 ${chartHeight}`} preserveAspectRatio="none">
        <polyline
          points={points.join(' ')}
          fill="none"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
          className="stroke-accent"
        />
      </svg>
      <figcaption className="text-xs text-muted">{t('test.compare.trend')}</figcaption>
    </figure>
  );
}

interface BarsProps {
  readonly pane: Pane;
  readonly panes: readonly Pane[];
}

/** The last answer of a pane against the largest of all; the spread below it once there are several. */
export function Bars({ pane, panes }: BarsProps) {
  const { t } = useTranslation();
  const textOf = useFigureText();
  const last = (of: Pane, name: FigureName) => {
    const row = of.rows.at(-1);
    return row ? figureOf[name](row) : null;
  };
  return (
    <>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)_max-content] items-center gap-x-2 gap-y-1 border-t border-line pt-3">
        {figureNames.map((name) => {
          const value = last(pane, name);
          const largest = Math.max(...panes.map((other) => last(other, name) ?? 0));
          const spread = pane.rows.length > 1 ? spreadOf(pane.rows, name) : null;
          return (
            <div key={name} className="contents">
              <dt className="text-xs text-muted">{t(`test.stats.${name}`)}</dt>
              <dd aria-hidden>
                <svg className="block h-2 w-full" viewBox="0 0 100 8" preserveAspectRatio="none">
                  <rect width="100" height="8" rx="1" className="fill-hover" />
                  <rect
                    width={value === null || largest === 0 ? 0 : (value / largest) * 100}
                    height="8"
                    className="keep-fill fill-accent"
                  />
                </svg>
              </dd>
              <dd className="text-right" data-figure={name}>
                {value === null ? '–' : textOf(name, value)}
              </dd>
              {spread && (
                <dd className="col-span-3 text-right text-xs text-muted">
                  {t('test.compare.spread', {
                    min: textOf(name, spread.min),
                    p50: textOf(name, spread.p50),
                    max: textOf(name, spread.max),
                    times: pane.rows.length,
                  })}
                </dd>
              )}
            </div>
          );
        })}
      </dl>
      <Trend pane={pane} />
    </>
  );
}
