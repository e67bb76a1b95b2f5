// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual list stand where they are put, which a table's cannot
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../shared/exchange.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { loadOlder } from '../../lib/older-exchanges.ts';
import { columns, headerHeight, rowHeight } from './columns.ts';
import { nextIndex } from './grid-keys.ts';
import { LogRow } from './log-row.tsx';
import { focusPanel } from './panel/focus-panel.ts';
import { totalOf } from './timeline.ts';

interface LogsGridProps {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly rows: readonly Exchange[];
  readonly total: number;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

const rowId = (id: string): string => `exchange-${id}`;

/** Grows in steps, so that the bars of finished rows do not creep while another one runs. */
const steadyScale = (longest: number): number => 2 ** (Math.ceil(Math.log2(longest) * 2) / 2);

/** One tab stop; the row that the arrow keys have reached is named by aria-activedescendant. */
export function LogsGrid({ ref, rows, total, openId, onOpen, onClose }: LogsGridProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [reachedId, setReachedId] = useState<string | null>(openId);
  const now = useNow(250, rows[0]?.outcome === 'active');
  // oxlint-disable-next-line react/incompatible-library -- the React compiler, which this concerns, is not used
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => ref.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
  });
  const items = virtual.getVirtualItems();
  const reached = rows.findIndex(({ id }) => id === reachedId);
  const lastShown = items.at(-1)?.index ?? 0;
  const longest = Math.max(1, ...items.map(({ index }) => (rows[index] ? totalOf(rows[index], now) : 0)));

  useEffect(() => {
    if (lastShown >= rows.length - 1) void loadOlder();
  }, [lastShown, rows.length]);

  const reach = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    setReachedId(row.id);
    virtual.scrollToIndex(index);
    if (openId !== null) onOpen(row.id);
  };
  const onClick = ({ target }: MouseEvent) => {
    const id = target instanceof Element ? target.closest<HTMLElement>('[data-exchange]')?.dataset['exchange'] : null;
    if (id === null || id === undefined) return;
    setReachedId(id);
    onOpen(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && openId !== null) onClose();
    const page = Math.max(1, Math.floor((ref.current?.clientHeight ?? 0) / rowHeight) - 1);
    const next = nextIndex(event.key, reached, rows.length, page);
    if (next !== null) {
      event.preventDefault();
      reach(next);
    } else if (event.key === 'Enter' && reachedId !== null) {
      event.preventDefault();
      onOpen(reachedId);
      focusPanel();
    }
  };

  return (
    <div
      ref={ref}
      role="grid"
      aria-label={t('logs.grid')}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={items.some(({ index }) => index === reached) ? rowId(reachedId ?? '') : undefined}
      tabIndex={0}
      onClick={onClick}
      onKeyDown={onKeyDown}
      data-testid="logs-scroller"
      className="@container min-w-0 flex-1 overflow-y-auto -outline-offset-2"
    >
      <div role="rowgroup" className="sticky top-0 z-1 h-7 border-b border-line bg-surface">
        <div role="row" aria-rowindex={1} className="flex h-7 items-center gap-2 px-3 text-xs text-muted">
          {columns.map(({ id, look }, index) => (
            <span key={id} role="columnheader" aria-colindex={index + 1} className={`shrink-0 truncate ${look}`}>
              {t(`logs.columns.${id}`)}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <LogRow
                key={row.id}
                id={rowId(row.id)}
                exchange={row}
                now={row.outcome === 'active' ? now : 0}
                index={index}
                start={start - headerHeight}
                scale={steadyScale(longest)}
                reached={index === reached}
                open={row.id === openId}
                t={t}
                format={format}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
