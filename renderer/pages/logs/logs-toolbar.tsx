import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../shared/exchange.ts';
import { FilterChips } from '../../components/filter-chips.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { filterExchanges } from './logs-filter.ts';
import { type LogsSearch, type LogsView, logsViews } from './logs-search.ts';

interface LogsToolbarProps {
  readonly search: Required<LogsSearch>;
  readonly onSearch: (search: LogsSearch) => void;
  readonly rows: readonly Exchange[];
}

export function LogsToolbar({ search, onSearch, rows }: LogsToolbarProps) {
  const { t } = useTranslation();
  const options = useMemo(() => {
    const counted = new Set<LogsView>(['active', 'errors']);
    return logsViews.map((value) => ({
      value,
      label: t(`logs.views.${value}`),
      count: counted.has(value) ? filterExchanges(rows, value, '').length : 0,
    }));
  }, [rows, t]);
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
    </div>
  );
}
