import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowUpToLine } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../shared/exchange.ts';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { useFormat } from '../../lib/format.ts';
import { exchangeFeed } from '../../lib/exchange-feed.ts';
import { useHotkey } from '../../lib/hotkeys.ts';
import { loadOlder, mayBeOlder } from '../../lib/older-exchanges.ts';
import { replay } from './actions/replay.ts';
import { Announcer } from './announcer.tsx';
import { ClearButton } from './clear-button.tsx';
import { ExportButton } from './export/export-button.tsx';
import { LogsGrid } from './list/logs-grid.tsx';
import { useSelection } from './list/selection.ts';
import { useLogView } from './list/use-log-view.ts';
import { ViewMenu } from './list/view-menu.tsx';
import { LogsEmpty } from './logs-empty.tsx';
import { togglePin } from './logs-prefs.ts';
import type { LogsSearch } from './logs-search.ts';
import { LogsToolbar } from './logs-toolbar.tsx';
import { ExchangePanel } from './panel/exchange-panel.tsx';
import { focusPanel } from './panel/focus-panel.ts';
import { PauseButton } from './pause-button.tsx';
import { PausedBanner } from './paused-banner.tsx';

export function LogsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const grid = useRef<HTMLDivElement>(null);
  const search = useSearch({ from: '/logs' });
  const { exchangeId } = useParams({ strict: false });
  const { active, finished, paused, missed, searching, slow, pause } = useLogView(search);
  const [follow, setFollow] = useState(true);
  const selection = useSelection();
  const held = exchangeFeed.entries.length;
  const shown = active.length + finished.length;
  const looking = searching || (shown === 0 && held > 0 && mayBeOlder());

  // The list asks for older rows by itself; an empty one cannot.
  useEffect(() => {
    if (looking && !searching && held > 0) void loadOlder();
  }, [looking, searching, held]);

  const setSearch = (next: LogsSearch) => void navigate({ to: '.', search: next, replace: true });
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
  // Only while the list has the focus, so that nothing is taken away from who types.
  const onRowKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, row: Exchange | null): boolean => {
    if (ctrlKey || metaKey || altKey) return false;
    if (key === ' ') pause(!paused);
    else if (row === null) return false;
    else if (key === 'r') void replay(row, open);
    else if (key === 'p') togglePin(row.id);
    else return false;
    return true;
  };
  useHotkey({ code: 'BracketRight' }, focusPanel);
  useHotkey({ code: 'BracketLeft' }, () => grid.current?.focus());

  return (
    <Page
      title={t('rail.logs')}
      fill
      actions={
        <>
          <Button aria-pressed={follow} onClick={() => setFollow(!follow)} className="aria-pressed:text-accent">
            <ArrowUpToLine aria-hidden size={14} />
            {t('logs.follow')}
          </Button>
          <PauseButton paused={paused} onPause={pause} />
          <ViewMenu />
          <ExportButton selected={selection.ids} active={active} finished={finished} />
          <ClearButton disabled={held === 0} />
        </>
      }
    >
      <LogsToolbar search={search} onSearch={setSearch} slow={slow} />
      {paused && <PausedBanner missed={missed} onResume={() => pause(false)} />}
      <div className="relative -mx-4 flex min-h-0 flex-1 border-t border-line lg:-mx-6">
        {shown > 0 ? (
          <LogsGrid
            ref={grid}
            active={active}
            finished={finished}
            total={held}
            follow={follow}
            onFollow={setFollow}
            selection={selection}
            openId={exchangeId ?? null}
            onOpen={open}
            onClose={close}
            onRowKey={onRowKey}
          />
        ) : (
          <LogsEmpty filtered={held > 0} looking={looking} onClear={() => setSearch({})} />
        )}
        {exchangeId !== undefined && (
          <ExchangePanel
            key={exchangeId}
            id={exchangeId}
            tab={search.pane ?? 'overview'}
            onTab={(pane) => setSearch({ ...search, pane })}
            onOpen={open}
            onClose={close}
          />
        )}
      </div>
      <p aria-hidden className="-mt-4 flex h-6 shrink-0 items-center gap-3 text-xs text-muted">
        {selection.ids.size > 0 && <span>{t('logs.selected', { count: selection.ids.size })}</span>}
        <span>{t('logs.shownOf', { shown: format.number(shown), count: held, all: format.number(held) })}</span>
        {looking && <span>{t('logs.looking')}</span>}
      </p>
      <Announcer paused={paused} />
    </Page>
  );
}
