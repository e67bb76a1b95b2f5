import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figures, TokenStrip } from '../../../../shared/figures.ts';
import { useFormat } from '../../../lib/format.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { ChartFrame } from './chart-frame.tsx';
import { csvLines } from './csv.ts';
import { DataTable } from './data-table.tsx';
import { fillSize, strokesOf } from './fill.ts';
import { healthLooks, type ShownState, shownStates } from './health-looks.ts';
import { HealthStrip } from './health-strip.tsx';
import { Swatch } from './swatch.tsx';
import { axisName } from './times.ts';

/** What strips fill their cells with, once for all of them. */
function Patterns({ idOf }: { readonly idOf: (state: ShownState) => string }) {
  return (
    <svg aria-hidden width="0" height="0" className="keep-fill absolute">
      {shownStates.map((state) => {
        const { colour, fill } = healthLooks[state];
        if (fill === 'solid') return null;
        const paint = `var(--${colour})`;
        return (
          <pattern key={state} id={idOf(state)} width={fillSize} height={fillSize} patternUnits="userSpaceOnUse">
            <rect width={fillSize} height={fillSize} fill={paint} opacity="0.3" />
            <path
              d={strokesOf[fill]}
              fill={fill === 'dots' ? paint : 'none'}
              stroke={fill === 'dots' ? 'none' : paint}
              strokeWidth="1.4"
            />
          </pattern>
        );
      })}
    </svg>
  );
}

const healthCsv = ({ strips, stripFrom, stripMs }: Figures): string =>
  csvLines([
    ['time', 'provider', 'token', 'state'],
    ...strips.flatMap(({ provider, alias, cells }) =>
      cells.flatMap((state, at) =>
        state === 'idle' ? [] : [[new Date(stripFrom + at * stripMs).toISOString(), provider, alias, state]],
      ),
    ),
  ]);

/** The health of each token over time; a row leads to the tokens of its provider. */
export function HealthCard({ figures }: { readonly figures: Figures }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { strips, stripFrom, stripMs, stripsLeftOut, until, window } = figures;
  const title = t('figures.charts.health');
  const unit = t(stripMs === 60_000 ? 'figures.units.healthMinute' : `figures.per.${window}`);
  const idOf = (state: ShownState) => `${id}-${state}`;
  const nameOf = ({ provider, alias, guest }: TokenStrip) =>
    `${providerName(provider)} · ${guest ? t('logs.guest') : alias}`;
  const countOf = ({ cells }: TokenStrip, state: ShownState) =>
    format.number(cells.filter((cell) => cell === state).length);
  const toggle = (state: string) =>
    setHidden((known) => {
      const next = new Set(known);
      if (!next.delete(state)) next.add(state);
      return next;
    });
  const keyOf = ({ provider, alias }: TokenStrip) => `${provider}/${alias}`;
  return (
    <ChartFrame
      id="health"
      title={title}
      unit={unit}
      csv={() => healthCsv(figures)}
      table={
        <DataTable
          caption={t('figures.tableOf', { chart: title, unit })}
          head={[t('figures.token'), ...shownStates.map((state) => t(`figures.health.${state}`))]}
          rows={strips.map((strip) => ({
            key: keyOf(strip),
            cells: [nameOf(strip), ...shownStates.map((state) => countOf(strip, state))],
          }))}
          empty={t('figures.noTokens')}
        />
      }
    >
      <Patterns idOf={idOf} />
      {strips.length === 0 ? (
        <p className="py-6 text-center text-muted">{t('figures.noTokens')}</p>
      ) : (
        <>
          <ul className="flex max-h-72 flex-col gap-0.5 overflow-y-auto">
            {strips.map((strip) => (
              <li key={keyOf(strip)} className="flex min-h-6 items-center gap-2">
                <Link
                  to="/providers/$providerId"
                  params={{ providerId: strip.provider }}
                  title={nameOf(strip)}
                  className="w-28 shrink-0 truncate text-xs hover:text-accent hover:underline sm:w-36"
                >
                  {nameOf(strip)}
                </Link>
                <div className="min-w-0 flex-1">
                  <HealthStrip strip={strip} name={nameOf(strip)} figures={figures} hidden={hidden} patternId={idOf} />
                </div>
              </li>
            ))}
          </ul>
          <div aria-hidden className="ml-30 flex justify-between text-xs text-muted sm:ml-38">
            <span>{axisName(i18n.language, window, stripFrom)}</span>
            <span>{axisName(i18n.language, window, until)}</span>
          </div>
        </>
      )}
      <div className="-ml-1.5 flex min-h-6 flex-wrap items-center gap-x-1 gap-y-0.5">
        <fieldset className="contents">
          <legend className="sr-only">{t('figures.legend', { chart: title })}</legend>
          {shownStates.map((state) => (
            <button
              key={state}
              type="button"
              aria-pressed={!hidden.has(state)}
              onClick={() => toggle(state)}
              className="inline-flex h-6 items-center gap-1.5 rounded-control px-1.5 text-xs transition-colors hover:bg-hover aria-[pressed=false]:text-muted aria-[pressed=false]:line-through aria-[pressed=false]:[&_svg]:opacity-40"
            >
              <Swatch series={healthLooks[state]} kind="bars" />
              {t(`figures.health.${state}`)}
            </button>
          ))}
          <span className="inline-flex h-6 items-center gap-1.5 px-1.5 text-xs text-muted">
            <svg aria-hidden width="12" height="12">
              <line x1="0" x2="12" y1="6" y2="6" stroke="var(--color-control)" strokeWidth="2" />
            </svg>
            {t('figures.health.idle')}
          </span>
        </fieldset>
        {stripsLeftOut > 0 && (
          <span className="ml-auto text-xs text-muted">{t('figures.leftOut', { count: stripsLeftOut })}</span>
        )}
      </div>
    </ChartFrame>
  );
}
