import { EyeOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { FilterChips } from '../../components/filter-chips.tsx';
import { useExchangeCounts } from '../../lib/exchange-feed.ts';
import { useFormat } from '../../lib/format.ts';
import { FilterField } from './filter/filter-field.tsx';
import type { Slow } from './filter/logs-filter.ts';
import { type LogsSearch, logsRanges, logsViews } from './logs-search.ts';

interface LogsToolbarProps {
  readonly search: LogsSearch;
  readonly onSearch: (search: LogsSearch) => void;
  readonly slow: Slow;
}

export function LogsToolbar({ search, onSearch, slow }: LogsToolbarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useExchangeCounts();
  const { view = 'all', q = '', range, checks, ...others } = search;
  const change = (changes: LogsSearch) => {
    const next = { view, q, ...(range && { range }), ...(checks && { checks }), ...others, ...changes };
    onSearch(next);
  };
  const options = logsViews.map((value) => ({
    value,
    label:
      value === 'slow' && view === 'slow'
        ? t('logs.slowerThan', { time: format.duration(slow.ms) })
        : t(`logs.views.${value}`),
    count: value === 'active' || value === 'errors' ? counts[value] : 0,
  }));
  return (
    <div className="flex flex-wrap items-start gap-2">
      <FilterField value={q} onChange={(next) => change({ q: next })} />
      <FilterChips
        label={t('logs.filter')}
        value={view}
        onChange={(next) => change({ view: next })}
        options={options}
      />
      <select
        aria-label={t('logs.range')}
        value={range ?? 'all'}
        onChange={(event) => {
          const next = logsRanges.find((known) => known === event.target.value);
          onSearch({ view, q, ...(checks && { checks }), ...others, ...(next && { range: next }) });
        }}
        className="h-7 rounded-control border border-control bg-bg px-1.5"
      >
        <option value="all">{t('logs.ranges.all')}</option>
        {logsRanges.map((value) => (
          <option key={value} value={value}>
            {t(`logs.ranges.${value}`)}
          </option>
        ))}
      </select>
      <Button
        size="small"
        intent="ghost"
        aria-pressed={checks === 'hidden'}
        onClick={() =>
          onSearch({ view, q, ...(range && { range }), ...others, ...(checks === undefined && { checks: 'hidden' }) })
        }
        className="aria-pressed:text-accent"
      >
        <EyeOff aria-hidden size={14} />
        {t('radar.hide')}
      </Button>
    </div>
  );
}
