// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual list stand where they are put, which a table's cannot
import { memo } from 'react';
import type { Exchange } from '../../../shared/exchange.ts';
import { cx } from '../../lib/cx.ts';
import { columns } from './columns.ts';
import { type CellContext, cellContent, cellTitle } from './log-cell.tsx';

interface LogRowProps extends CellContext {
  readonly id: string;
  readonly exchange: Exchange;
  readonly index: number;
  readonly start: number;
  readonly reached: boolean;
  readonly open: boolean;
}

const cellLooks = columns.map(({ id, look }) =>
  cx('h-8 shrink-0 truncate', look, id === 'status' && 'flex items-center'),
);

/** Drawn again only when something about it has changed, however often the list around it has. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { id, exchange, index, start, reached, open, t } = props;
  return (
    // Clicks and keys are handled by the grid, which holds the focus for all its rows.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      id={id}
      data-exchange={exchange.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={open}
      style={{ transform: `translateY(${start}px)` }}
      className={cx(
        'absolute inset-x-0 top-0 flex h-8 items-center gap-2 border-b border-line/60 px-3 leading-8 whitespace-nowrap',
        open ? 'bg-accent/10' : 'hover:bg-surface',
        reached && 'outline-2 -outline-offset-2 outline-accent/60',
        exchange.outcome === 'active' && !open && 'bg-info/5',
      )}
    >
      {columns.map(({ id: column }, position) => (
        <span
          key={column}
          role="gridcell"
          aria-colindex={position + 1}
          title={cellTitle(column, exchange, t)}
          className={cellLooks[position]}
        >
          {cellContent(column, exchange, props)}
        </span>
      ))}
    </div>
  );
});
