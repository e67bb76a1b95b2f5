import { Radar } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../shared/exchange.ts';
import { Button } from '../../components/button.tsx';
import { FilterChips } from '../../components/filter-chips.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { filterExchanges } from './logs-filter.ts';
import { type LogsSearch, type LogsView, logsViews } from './logs-search.ts';

interface LogsToolbarProps {
  readonly search: Required<Pick<LogsSearch, 'view' | 'q'>> & LogsSearch;
  readonly onSearch: (search: LogsSearch) => void;
  readonly rows: readonly Exchange[];
}

/** Offered only where there is something to hide. */
function HideChecks({ search, onSearch, rows }: LogsToolbarProps) {
  const { t } = useTranslation();
  const { checks, ...others } = search;
  if (checks === undefined && !rows.some(({ purpose }) => purpose === 'radar')) return null;
  return (
    <Button
      size="small"
      intent="ghost"
      aria-pressed={checks === 'hidden'}
      onClick={() => onSearch(checks === 'hidden' ? others : { ...others, checks: 'hidden' })}
      className="ml-auto aria-pressed:text-accent"
    >
      <Radar aria-hidden size={14} />
      {t('radar.hide')}
    </Button>
  );
}

export function LogsToolbar({ search, onSearch, rows }: LogsToolbarProps) {
  const { t } = useTranslation();
  const options = useMemo(() => {
    const counted = new Set<LogsView>(['active', 'errors']);
    return logsViews.map((value) => ({
      value,
      label: t(`logs.views.${value}`),
      count: counted.has(value) ? filterExchanges(rows, value, '', search.checks).length : 0,
    }));
  }, [rows, search.checks, t]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField
        label={t('logs.search')}
        value={search.q}
        onChange={(q) => onSearch({ ...search, q })}
        className="w-72 max-sm:w-full"
      />
      <FilterChips
        label={t('logs.filter')}
        value={search.view}
        onChange={(view) => onSearch({ ...search, view })}
        options={options}
      />
      <HideChecks search={search} onSearch={onSearch} rows={rows} />
    </div>
  );
}
