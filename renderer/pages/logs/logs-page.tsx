import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page.tsx';
import { Announcer } from './announcer.tsx';
import { ClearButton } from './clear-button.tsx';
import { filterExchanges } from './logs-filter.ts';
import { LogsEmpty } from './logs-empty.tsx';
import { LogsGrid } from './logs-grid.tsx';
import type { LogsSearch } from './logs-search.ts';
import { LogsToolbar } from './logs-toolbar.tsx';
import { ExchangePanel } from './panel/exchange-panel.tsx';
import { PauseButton } from './pause-button.tsx';
import { PausedBanner } from './paused-banner.tsx';
import { usePausable } from './use-pausable.ts';

export function LogsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const grid = useRef<HTMLDivElement>(null);
  const { view = 'all', q = '', checks } = useSearch({ from: '/logs' });
  const { exchangeId } = useParams({ strict: false });
  const { rows, paused, missed, setPaused } = usePausable();
  const shown = useMemo(() => filterExchanges(rows, view, q, checks), [rows, view, q, checks]);

  const search = (next: LogsSearch) => void navigate({ to: '.', search: next, replace: true });
  const open = (id: string) =>
    void navigate({
      to: '/logs/$exchangeId',
      params: { exchangeId: id },
      search: (kept) => kept,
      replace: exchangeId !== undefined,
    });
  const close = () => {
    void navigate({ to: '/logs', search: (kept) => kept });
    grid.current?.focus();
  };

  return (
    <Page
      title={t('rail.logs')}
      fill
      actions={
        <>
          <PauseButton paused={paused} onPause={setPaused} />
          <ClearButton disabled={rows.length === 0} />
        </>
      }
    >
      <LogsToolbar search={{ view, q, ...(checks && { checks }) }} onSearch={search} rows={rows} />
      {paused && <PausedBanner missed={missed} onResume={() => setPaused(false)} />}
      <div className="relative -mx-4 flex min-h-0 flex-1 border-t border-line lg:-mx-6">
        {shown.length > 0 ? (
          <LogsGrid
            ref={grid}
            rows={shown}
            total={rows.length}
            openId={exchangeId ?? null}
            onOpen={open}
            onClose={close}
          />
        ) : (
          <LogsEmpty filtered={rows.length > 0} onClear={() => search({})} />
        )}
        {exchangeId !== undefined && <ExchangePanel key={exchangeId} id={exchangeId} onClose={close} />}
      </div>
      <Announcer paused={paused} />
    </Page>
  );
}
