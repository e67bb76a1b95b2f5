// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual list stand where they are put, which a table's cannot
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import type { Entry } from '../../../lib/exchange-feed.ts';
import { useFormat } from '../../../lib/format.ts';
import { useNow } from '../../../lib/now.ts';
import { loadOlder } from '../../../lib/older-exchanges.ts';
import { useLogsPrefs } from '../logs-prefs.ts';
import { focusPanel } from '../panel/focus-panel.ts';
import { totalOf } from '../timeline.ts';
import { columns, headerHeight, mostPinned, rowHeights } from './columns.ts';
import { nextIndex } from './grid-keys.ts';
import { LogRow } from './log-row.tsx';
import type { Selection } from './selection.ts';
import { useAnchor } from './use-anchor.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';

interface LogsGridProps {
  readonly ref: RefObject<HTMLDivElement | null>;
  /** Oldest first, as the finished ones. */
  readonly active: readonly Entry[];
  readonly finished: readonly Entry[];
  /** All rows held, shown or not. */
  readonly total: number;
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
  readonly selection: Selection;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
  /** A key that means something for the row that was reached; true: it did. */
  readonly onRowKey: (event: KeyboardEvent, row: Exchange | null) => boolean;
}

const rowId = (id: string): string => `exchange-${id}`;

/** Grows in steps, so that the bars of finished rows do not creep while another one runs. */
const steadyScale = (longest: number): number => 2 ** (Math.ceil(Math.log2(longest) * 2) / 2);

/**
 * One tab stop; the row that the arrow keys have reached is named by aria-activedescendant. Those in flight stand above the
 * others. Rows are placed from the bottom, so that a new one at the top moves none of them.
 */
export function LogsGrid(props: LogsGridProps) {
  const { ref, active, finished, total, follow, onFollow, selection, openId, onOpen, onClose, onRowKey } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const prefs = useLogsPrefs();
  const [reachedId, setReachedId] = useState<string | null>(openId);
  const from = useRef<number | null>(null);
  const now = useNow(250, active.length > 0);
  const height = rowHeights[prefs.density];
  const above = headerHeight + Math.min(active.length, mostPinned) * height;
  const shown = useMemo(() => columns.filter(({ id }) => prefs.columns.includes(id)), [prefs.columns]);
  const pinned = useMemo(() => new Set(prefs.pinned), [prefs.pinned]);
  const sight = useRowsInSight({ ref, count: finished.length, height, above });
  useAnchor({ ref, finished, height, follow, onFollow });

  const count = active.length + finished.length;
  /** From the top: those in flight, then the others, each newest first. */
  const entryAt = (index: number): Entry | undefined =>
    index < active.length ? active[active.length - 1 - index] : finished[finished.length - 1 - (index - active.length)];
  const indexOf = (id: string | null): number => {
    if (id === null) return -1;
    for (let index = 0; index < count; index++) if (entryAt(index)?.row.id === id) return index;
    return -1;
  };
  const visible = Array.from({ length: Math.max(0, sight.end - sight.first) }, (_, at) =>
    entryAt(active.length + sight.first + at),
  ).filter((entry) => entry !== undefined);
  const atEnd = sight.end >= finished.length;
  const longest = Math.max(1, ...[...active, ...visible].map(({ row }) => totalOf(row, now)));
  const scale = steadyScale(longest);

  useEffect(() => {
    // With a filter the rest may be far away: it is fetched until there is enough to fill the page.
    if (atEnd && finished.length <= total) void loadOlder();
  }, [atEnd, finished.length, total]);

  const reach = (index: number, extend: boolean) => {
    const entry = entryAt(index);
    if (entry === undefined) return;
    if (extend) {
      from.current ??= Math.max(0, indexOf(reachedId));
      const [low, high] = [Math.min(from.current, index), Math.max(from.current, index)];
      selection.set(Array.from({ length: high - low + 1 }, (_, at) => entryAt(low + at)?.row.id ?? ''));
    } else {
      from.current = null;
      selection.clear();
    }
    setReachedId(entry.row.id);
    if (index >= active.length) sight.show(index - active.length);
    else document.querySelector(`#${CSS.escape(rowId(entry.row.id))}`)?.scrollIntoView({ block: 'nearest' });
    if (openId !== null && !extend) onOpen(entry.row.id);
  };
  const onClick = ({ target, shiftKey, ctrlKey, metaKey }: MouseEvent) => {
    const id = target instanceof Element ? target.closest<HTMLElement>('[data-exchange]')?.dataset['exchange'] : null;
    if (id === null || id === undefined) return;
    if (shiftKey) {
      reach(indexOf(id), true);
      return;
    }
    setReachedId(id);
    if (ctrlKey || metaKey) {
      selection.toggle(id);
      return;
    }
    from.current = null;
    selection.clear();
    onOpen(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const at = indexOf(reachedId);
    if (event.key === 'Escape' && (openId !== null || selection.ids.size > 0)) {
      if (openId !== null) onClose();
      selection.clear();
      return;
    }
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      selection.set([...active, ...finished].map(({ row }) => row.id));
      return;
    }
    const page = Math.max(1, Math.floor(((ref.current?.clientHeight ?? 0) - above) / height) - 1);
    const next = nextIndex(event.key, at, count, page);
    if (next !== null) {
      event.preventDefault();
      reach(next, event.shiftKey);
    } else if (event.key === 'Enter' && at !== -1 && reachedId !== null) {
      event.preventDefault();
      onOpen(reachedId);
      focusPanel();
    } else if (onRowKey(event, entryAt(at)?.row ?? null)) {
      event.preventDefault();
    }
  };
  const row = ({ row: exchange }: Entry, index: number, bottom?: number) => (
    <LogRow
      key={exchange.id}
      id={rowId(exchange.id)}
      exchange={exchange}
      columns={shown}
      now={exchange.outcome === 'active' ? now : 0}
      index={index}
      height={height}
      {...(bottom !== undefined && { style: { bottom } })}
      scale={scale}
      logScale={prefs.logScale}
      pinned={pinned.has(exchange.id)}
      reached={exchange.id === reachedId}
      open={exchange.id === openId}
      selected={selection.ids.has(exchange.id)}
      t={t}
      format={format}
    />
  );
  const reachedShown = [...active, ...visible].some(({ row: { id } }) => id === reachedId);

  return (
    <div
      ref={ref}
      role="grid"
      aria-label={t('logs.grid')}
      aria-rowcount={total + 1}
      aria-colcount={shown.length}
      aria-multiselectable
      aria-activedescendant={reachedShown ? rowId(reachedId ?? '') : undefined}
      tabIndex={0}
      onClick={onClick}
      onKeyDown={onKeyDown}
      data-testid="logs-scroller"
      className="@container min-w-0 flex-1 overflow-y-auto -outline-offset-2 [overflow-anchor:none]"
    >
      <div className="sticky top-0 z-1 border-b border-line bg-surface" style={{ height: above }}>
        <div role="rowgroup" className="h-7">
          <div role="row" aria-rowindex={1} className="flex h-7 items-center gap-2 px-3 text-xs text-muted">
            {shown.map(({ id, look }, index) => (
              <span
                key={id}
                role="columnheader"
                aria-colindex={index + 1}
                title={t(`logs.columns.${id}`)}
                className={`shrink-0 truncate ${look}`}
              >
                {t(`logs.columns.${id}`)}
              </span>
            ))}
          </div>
        </div>
        {active.length > 0 && (
          <div
            role="rowgroup"
            aria-label={t('logs.inFlight')}
            className="overflow-y-auto bg-bg"
            style={{ height: above - headerHeight }}
          >
            {active.toReversed().map((entry, index) => row(entry, index))}
          </div>
        )}
      </div>
      <div role="rowgroup" className="relative" style={{ height: finished.length * height }}>
        {visible.map((entry, at) => {
          const index = sight.first + at;
          return row(entry, active.length + index, (finished.length - 1 - index) * height);
        })}
      </div>
    </div>
  );
}
