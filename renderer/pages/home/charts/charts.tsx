import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figures } from '../../../../shared/figures.ts';
import { formatFor } from '../../../lib/format.ts';
import { ChartCard } from './chart-card.tsx';
import { HealthCard } from './health-card.tsx';
import { makeCharts } from './make-charts.ts';

/** All charts of Home; loaded when Home is shown, with the library that draws them. */
export default function Charts({ figures }: { readonly figures: Figures }) {
  const { t, i18n } = useTranslation();
  const charts = useMemo(
    () => makeCharts(figures, { t, format: formatFor(i18n.language) }),
    [figures, t, i18n.language],
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[repeat(2,minmax(0,1fr))]">
      {charts.map((chart) => (
        <ChartCard key={chart.id} chart={chart} />
      ))}
      <HealthCard figures={figures} />
    </div>
  );
}
