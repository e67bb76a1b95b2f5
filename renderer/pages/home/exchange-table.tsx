import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../shared/exchange.ts';
import { StatusChip } from '../../components/status-chip.tsx';
import { failureTitle } from '../../lib/error-text.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';

const whatHappened = (row: Exchange, t: TFunction): string =>
  row.outcome === 'interrupted' ? t('home.notable.interrupted') : failureTitle(row);

interface ExchangeTableProps {
  readonly title: string;
  readonly rows: readonly Exchange[];
  readonly empty: string;
  readonly more: ReactNode;
  /** Says what went wrong instead of how long it took. */
  readonly explain?: boolean;
}

export function ExchangeTable({ title, rows, empty, more, explain = false }: ExchangeTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const cell = 'h-9 border-t border-line px-2 first:pl-3 last:pr-3';
  const heading = 'h-7 px-2 text-left text-xs font-normal text-muted first:pl-3 last:pr-3';
  return (
    <section aria-label={title} className="min-w-0 overflow-hidden rounded-card border border-line">
      <div className="flex items-center justify-between border-b border-line bg-surface px-3 py-2">
        <h2 className="font-semibold">{title}</h2>
        {more}
      </div>
      {rows.length === 0 ? (
        <p className="px-3 py-4 text-muted">{empty}</p>
      ) : (
        <table className="w-full table-fixed">
          <thead>
            <tr>
              <th scope="col" className={`${heading} w-34 max-sm:w-26`}>
                {t('logs.columns.status')}
              </th>
              <th scope="col" className={heading}>
                {explain ? t('home.notable.reason') : t('logs.columns.model')}
              </th>
              {!explain && (
                <th scope="col" className={`${heading} w-24 text-right max-sm:hidden`}>
                  {t('logs.columns.total')}
                </th>
              )}
              <th scope="col" className={`${heading} w-28 text-right max-sm:w-18`}>
                {t('logs.columns.time')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className={cell}>
                  <StatusChip exchange={row} />
                </td>
                <td className={`${cell} py-1 wrap-anywhere`}>
                  <Link
                    to="/logs/$exchangeId"
                    params={{ exchangeId: row.id }}
                    className="text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-current"
                  >
                    {explain ? whatHappened(row, t) : (row.resolvedModel ?? row.model)}
                  </Link>
                  <span className="ml-2 text-muted max-sm:hidden">{explain ? row.model : row.client}</span>
                </td>
                {!explain && (
                  <td className={`${cell} text-right max-sm:hidden`}>
                    {row.closed === null ? '–' : format.duration(row.closed)}
                  </td>
                )}
                <td className={`${cell} text-right text-muted sm:whitespace-nowrap`}>
                  <time dateTime={new Date(row.receivedAt).toISOString()}>{format.relative(row.receivedAt, now)}</time>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
