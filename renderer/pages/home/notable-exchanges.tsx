import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Figures } from '../../../shared/figures.ts';
import { ExchangeTable } from './exchange-table.tsx';

/** The slowest and the last errors of the window, as far as Logs still has them. */
export function NotableExchanges({ figures: { slowest, errors } }: { readonly figures: Figures }) {
  const { t } = useTranslation();
  const more = 'text-accent hover:underline';
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[repeat(2,minmax(0,1fr))]">
      <ExchangeTable
        title={t('home.notable.slowest')}
        rows={slowest}
        empty={t('home.notable.none')}
        more={
          <Link to="/logs" className={more}>
            {t('home.notable.all')}
          </Link>
        }
      />
      <ExchangeTable
        title={t('home.notable.errors')}
        rows={errors}
        empty={t('home.notable.noErrors')}
        explain
        more={
          <Link to="/logs" search={{ view: 'errors' }} className={more}>
            {t('home.notable.allErrors')}
          </Link>
        }
      />
    </div>
  );
}
