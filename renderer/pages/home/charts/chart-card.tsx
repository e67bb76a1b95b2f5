import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chart } from './chart.ts';
import { ChartFrame } from './chart-frame.tsx';
import { csvOf } from './csv.ts';
import { DataTable } from './data-table.tsx';
import { Legend } from './legend.tsx';
import { Plot } from './plot.tsx';
import { stepName } from './times.ts';

function ChartTable({ chart }: { readonly chart: Chart }) {
  const { t, i18n } = useTranslation();
  const { buckets, window } = chart.figures;
  return (
    <DataTable
      caption={t('figures.tableOf', { chart: chart.title, unit: chart.unit })}
      head={[t('figures.time'), ...chart.columns.map(({ label }) => label)]}
      rows={buckets.toReversed().map((bucket) => ({
        key: bucket.at,
        cells: [stepName(i18n.language, window, bucket.at), ...chart.columns.map(({ text }) => text(bucket))],
      }))}
      empty={t('figures.nothing')}
    />
  );
}

export function ChartCard({ chart }: { readonly chart: Chart }) {
  const { t } = useTranslation();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string) =>
    setHidden((known) => {
      const next = new Set(known);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  const silent = chart.dots.length === 0 && chart.series.every(({ values }) => values.every((value) => !value));
  // An error rate of nothing is good news, not nothing.
  const empty = silent && (chart.id !== 'errors' || chart.figures.buckets.length === 0);
  return (
    <ChartFrame
      id={chart.id}
      title={chart.title}
      unit={chart.unit}
      csv={() => csvOf(chart.columns, chart.figures.buckets)}
      table={<ChartTable chart={chart} />}
    >
      <div className="relative">
        <Plot chart={chart} hidden={hidden} />
        {empty && (
          <p className="pointer-events-none absolute inset-0 bottom-6 flex items-center justify-center pl-13 text-muted">
            {t(`figures.none.${chart.id === 'speed' ? 'streamed' : 'any'}`)}
          </p>
        )}
      </div>
      <Legend chart={chart} hidden={hidden} toggle={toggle} />
    </ChartFrame>
  );
}
