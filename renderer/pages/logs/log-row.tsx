// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual list stand where they are put, which a table's cannot
import type { TFunction } from 'i18next';
import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../shared/exchange.ts';
import { StatusChip } from '../../components/status-chip.tsx';
import { cx } from '../../lib/cx.ts';
import { type Format, useFormat } from '../../lib/format.ts';
import { type ColumnId, columns } from './columns.ts';
import { providerPath } from './names.ts';
import { timeline, tokensPerSecond, totalOf } from './timeline.ts';
import { Waterfall } from './waterfall.tsx';

interface LogRowProps {
  readonly id: string;
  readonly exchange: Exchange;
  readonly now: number;
  readonly index: number;
  readonly start: number;
  readonly scale: number;
  readonly reached: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
}

function tokensText({ usage }: Exchange, format: Format): string {
  if (usage === null || (usage.inputTokens === null && usage.outputTokens === null)) return '–';
  const part = (count: number | null) => (count === null ? '–' : format.number(count));
  return `${part(usage.inputTokens)} / ${part(usage.outputTokens)}`;
}

interface CellProps {
  readonly column: ColumnId;
  readonly exchange: Exchange;
  readonly now: number;
  readonly scale: number;
}

function Cell({ column, exchange, now, scale }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { attempts, client, firstToken, model, receivedAt, resolvedModel } = exchange;
  switch (column) {
    case 'status':
      return <StatusChip exchange={exchange} />;
    case 'time':
      return format.preciseClock(receivedAt);
    case 'client':
      return client;
    case 'model':
      return resolvedModel === null || resolvedModel === model ? (
        model
      ) : (
        <>
          <span className="text-muted">{model} → </span>
          {resolvedModel}
        </>
      );
    case 'provider':
      return providerPath(attempts, t);
    case 'attempts':
      return attempts.length > 1 ? (
        <span className="inline-flex items-center gap-1 text-warning">
          {attempts.length}
          <RotateCcw aria-hidden size={12} />
        </span>
      ) : (
        attempts.length
      );
    case 'waterfall':
      return <Waterfall segments={timeline(exchange, now)} scale={scale} className="mt-2.5 h-3" />;
    case 'firstToken':
      return firstToken === null ? '–' : format.duration(firstToken);
    case 'total':
      return format.duration(totalOf(exchange, now));
    case 'tokens':
      return tokensText(exchange, format);
    case 'speed': {
      const speed = tokensPerSecond(exchange);
      return speed === null ? '–' : format.decimal(speed);
    }
    // no default
  }
}

/** The whole of what a narrow column may cut off. */
function hover(column: ColumnId, { attempts, client, model, resolvedModel }: Exchange, t: TFunction) {
  if (column === 'model') return resolvedModel === null ? model : `${model} → ${resolvedModel}`;
  if (column === 'provider') return providerPath(attempts, t);
  return column === 'client' ? client : undefined;
}

export function LogRow({ id, exchange, now, index, start, scale, reached, open, onOpen }: LogRowProps) {
  const { t } = useTranslation();
  return (
    // Keys are handled by the grid, which holds the focus for all its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={open}
      onClick={onOpen}
      style={{ transform: `translateY(${start}px)` }}
      className={cx(
        'absolute inset-x-0 top-0 flex h-8 items-center gap-2 border-b border-line/60 px-3 leading-8 whitespace-nowrap',
        open ? 'bg-accent/10' : 'hover:bg-surface',
        reached && 'outline-2 -outline-offset-2 outline-accent/60',
        exchange.outcome === 'active' && !open && 'bg-info/5',
      )}
    >
      {columns.map(({ id: column, look }, position) => (
        <span
          key={column}
          role="gridcell"
          aria-colindex={position + 1}
          title={hover(column, exchange, t)}
          className={cx('h-8 shrink-0 truncate', look, column === 'status' && 'flex items-center')}
        >
          <Cell column={column} exchange={exchange} now={now} scale={scale} />
        </span>
      ))}
    </div>
  );
}
