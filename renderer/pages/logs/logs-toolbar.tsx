import { Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../shared/exchange.ts';
import { Button } from '../../components/button.tsx';
import { FilterChips } from '../../components/filter-chips.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useHotkey } from '../../lib/hotkeys.ts';
import { filterExchanges } from './logs-filter.ts';
import { type LogsSearch, type LogsView, logsViews } from './logs-search.ts';

interface LogsToolbarProps {
  readonly search: Required<LogsSearch>;
  readonly onSearch: (search: LogsSearch) => void;
  readonly paused: boolean;
  readonly onPause: (paused: boolean) => void;
  readonly rows: readonly Exchange[];
}

export function LogsToolbar({ search, onSearch, paused, onPause, rows }: LogsToolbarProps) {
  const { t } = useTranslation();
  const options = useMemo(() => {
    const counted = new Set<LogsView>(['active', 'errors']);
    return logsViews.map((value) => ({
      value,
      label: t(`logs.views.${value}`),
      count: counted.has(value) ? filterExchanges(rows, value, '').length : 0,
    }));
  }, [rows, t]);
  useHotkey({ code: 'KeyP', shift: true, browserOwned: true }, () => onPause(!paused));
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
      <Button className="ml-auto" aria-pressed={paused} onClick={() => onPause(!paused)}>
        {paused ? <Play aria-hidden size={14} /> : <Pause aria-hidden size={14} />}
        {t(paused ? 'logs.resume' : 'logs.pause')}
      </Button>
    </div>
  );
}
