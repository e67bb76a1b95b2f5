// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual list stand where they are put, which a table's cannot
import { type CSSProperties, memo } from 'react';
import type { Exchange } from '../../../../shared/exchange.ts';
import { cx } from '../../../lib/cx.ts';
import type { Column } from './columns.ts';
import { type CellContext, cellContent, cellTitle } from './log-cell.tsx';

interface CellsProps extends CellContext {
  readonly exchange: Exchange;
  readonly columns: readonly Column[];
}

/** Drawn again only when something about them has changed, however often the rows around them have moved. */
const Cells = memo(function Cells({ exchange, columns, ...context }: CellsProps) {
  return columns.map(({ id, look }, position) => (
    <span
      key={id}
      role="gridcell"
      aria-colindex={position + 1}
      title={cellTitle(id, exchange, context)}
      className={cx('shrink-0 truncate', look, (id === 'status' || id === 'waterfall') && 'flex items-center')}
    >
      {cellContent(id, exchange, context)}
    </span>
  ));
});

interface LogRowProps extends CellsProps {
  readonly id: string;
  readonly index: number;
  readonly height: number;
  readonly style?: CSSProperties;
  readonly reached: boolean;
  readonly open: boolean;
  readonly selected: boolean;
}

export function LogRow({ id, index, height, style, reached, open, selected, ...cells }: LogRowProps) {
  const { exchange } = cells;
  const active = exchange.outcome === 'active';
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- clicks and keys are handled by the grid, which holds the focus for all its rows
    <div
      id={id}
      data-exchange={exchange.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={open || selected}
      style={{ ...style, height }}
      className={cx(
        'flex items-center gap-2 [contain:strict] border-b border-line/60 px-3 whitespace-nowrap',
        style !== undefined && 'absolute inset-x-0',
        open || selected ? 'bg-accent/10' : 'hover:bg-hover',
        reached && 'outline-2 -outline-offset-2 outline-accent/60',
        active && !open && 'bg-info/5',
      )}
    >
      <Cells {...cells} />
    </div>
  );
}
