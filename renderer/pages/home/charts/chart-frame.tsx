import { ChartNoAxesColumn, Download, Table2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../components/copy-button.tsx';
import { IconButton } from '../../../components/icon-button.tsx';
import { copyAloud } from '../../../lib/copy-actions.ts';
import { saveFile } from '../../../lib/save-file.ts';

interface ChartFrameProps {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly csv: () => string;
  readonly table: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** What every chart has around it: title, unit, itself as a table, as CSV, and as a file. */
export function ChartFrame({ id, title, unit, csv, table, className = '', children }: ChartFrameProps) {
  const { t } = useTranslation();
  const heading = useId();
  const [asTable, setAsTable] = useState(false);
  return (
    <section
      aria-labelledby={heading}
      data-testid={`chart-${id}`}
      className={`flex min-w-0 flex-col gap-1 rounded-card border border-line p-3 ${className}`}
    >
      <div className="flex items-center gap-1">
        <div className="mr-auto flex min-w-0 flex-wrap items-baseline gap-x-2">
          <h3 id={heading} className="font-semibold">
            {title}
          </h3>
          <span className="text-xs text-muted">{unit}</span>
        </div>
        <IconButton
          icon={asTable ? ChartNoAxesColumn : Table2}
          label={t(asTable ? 'figures.asChart' : 'figures.asTable', { chart: title })}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        />
        <CopyButton
          label={t('figures.copy', { chart: title })}
          copy={() => copyAloud(csv(), t('figures.copied', { chart: title }))}
        />
        <IconButton
          icon={Download}
          label={t('figures.save', { chart: title })}
          onClick={() => saveFile(`traygate-${id}.csv`, csv(), 'text/csv')}
        />
      </div>
      {asTable ? table : children}
    </section>
  );
}
