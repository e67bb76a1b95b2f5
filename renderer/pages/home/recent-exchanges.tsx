import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../shared/exchange.ts';
import { useExchanges } from '../../lib/exchange-feed.ts';
import { ExchangeTable } from './exchange-table.tsx';

const shown = 5;

function newest(rows: readonly Exchange[], wanted: (row: Exchange) => boolean): Exchange[] {
  return rows.values().filter(wanted).take(shown).toArray();
}

export function RecentExchanges() {
  const { t } = useTranslation();
  const rows = useExchanges();
  const latest = useMemo(() => newest(rows, ({ purpose }) => purpose === null), [rows]);
  const failed = useMemo(
    () =>
      newest(rows, ({ outcome, purpose }) => purpose === null && (outcome === 'failed' || outcome === 'interrupted')),
    [rows],
  );
  const more = 'text-accent hover:underline';
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <ExchangeTable
        title={t('home.recent.latest')}
        rows={latest}
        empty={t('home.recent.noneYet')}
        more={
          <Link to="/logs" className={more}>
            {t('home.recent.all')}
          </Link>
        }
      />
      <ExchangeTable
        title={t('home.recent.errors')}
        rows={failed}
        empty={t('home.recent.noErrors')}
        explain
        more={
          <Link to="/logs" search={{ view: 'errors' }} className={more}>
            {t('home.recent.allErrors')}
          </Link>
        }
      />
    </div>
  );
}
