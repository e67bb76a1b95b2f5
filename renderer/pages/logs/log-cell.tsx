import type { TFunction } from 'i18next';
import { Radar, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Exchange } from '../../../shared/exchange.ts';
import { StatusChip } from '../../components/status-chip.tsx';
import type { Format } from '../../lib/format.ts';
import type { ColumnId } from './columns.ts';
import { providerPath } from './names.ts';
import { timeline, tokensPerSecond, totalOf } from './timeline.ts';
import { Waterfall } from './waterfall.tsx';

function tokensText({ usage }: Exchange, format: Format): string {
  if (usage === null || (usage.inputTokens === null && usage.outputTokens === null)) return '–';
  const part = (count: number | null) => (count === null ? '–' : format.number(count));
  return `${part(usage.inputTokens)} / ${part(usage.outputTokens)}`;
}

/** What all cells of the list are drawn with. */
export interface CellContext {
  readonly now: number;
  /** Milliseconds that fill a waterfall bar. */
  readonly scale: number;
  readonly t: TFunction;
  readonly format: Format;
}

/** Not a component: hundreds of cells a second, each with hooks of its own, would be felt. */
export function cellContent(column: ColumnId, exchange: Exchange, { now, scale, t, format }: CellContext): ReactNode {
  const { attempts, client, firstToken, model, purpose, receivedAt, resolvedModel } = exchange;
  switch (column) {
    case 'status':
      return <StatusChip exchange={exchange} />;
    case 'time':
      return format.preciseClock(receivedAt);
    case 'client':
      return purpose === 'radar' ? (
        <span className="text-muted">
          <Radar aria-hidden size={13} className="mr-1 inline align-[-2px]" />
          {t('radar.check')}
        </span>
      ) : (
        client
      );
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
export function cellTitle(column: ColumnId, exchange: Exchange, t: TFunction) {
  const { attempts, client, model, purpose, resolvedModel } = exchange;
  if (column === 'model') return resolvedModel === null ? model : `${model} → ${resolvedModel}`;
  if (column === 'provider') return providerPath(attempts, t);
  if (column !== 'client') return undefined;
  return purpose === 'radar' ? t('radar.mark') : client;
}
