import type { TFunction } from 'i18next';
import { FlaskConical, Pin, Radar, Repeat, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DialectId, Exchange } from '../../../../shared/exchange.ts';
import { StatusChip } from '../../../components/status-chip.tsx';
import type { Format } from '../../../lib/format.ts';
import { providerPath } from '../names.ts';
import { timeline, tokensPerSecond, totalOf } from '../timeline.ts';
import { Waterfall } from '../waterfall.tsx';
import { CancelInRow } from './cancel-in-row.tsx';
import type { ColumnId } from './columns.ts';

function tokensText({ usage }: Exchange, format: Format): string {
  if (usage === null || (usage.inputTokens === null && usage.outputTokens === null)) return '–';
  const part = (count: number | null) => (count === null ? '–' : format.number(count));
  return `${part(usage.inputTokens)} / ${part(usage.outputTokens)}`;
}

const apiNames: Record<DialectId, string> = {
  'openai-chat': 'Chat',
  'openai-responses': 'Responses',
  'anthropic-messages': 'Messages',
};

const purposeIcons = { radar: Radar, test: FlaskConical, replay: Repeat } as const;

/** What all cells of the list are drawn with. */
export interface CellContext {
  readonly now: number;
  /** Milliseconds that fill a waterfall bar. */
  readonly scale: number;
  readonly logScale: boolean;
  readonly pinned: boolean;
  readonly t: TFunction;
  readonly format: Format;
}

function clientOf({ client, purpose }: Exchange, t: TFunction): ReactNode {
  if (purpose === null) return client;
  const Icon = purposeIcons[purpose];
  return (
    <span className="text-muted">
      <Icon aria-hidden size={13} className="mr-1 inline align-[-2px]" />
      {t(`logs.own.${purpose}`)}
    </span>
  );
}

const time = (ms: number | null, format: Format): string => (ms === null ? '–' : format.duration(ms));

/** Not a component: hundreds of cells a second, each with hooks of its own, would be felt. */
export function cellContent(column: ColumnId, exchange: Exchange, context: CellContext): ReactNode {
  const { now, scale, logScale, pinned, t, format } = context;
  const { attempts, model, receivedAt, resolvedModel } = exchange;
  switch (column) {
    case 'status':
      return (
        <>
          <StatusChip exchange={exchange} />
          {exchange.outcome === 'active' && <CancelInRow exchange={exchange} label={t('logs.cancelOne', { model })} />}
          {pinned && <Pin aria-label={t('logs.pinned')} size={12} className="ml-1 shrink-0 text-accent" />}
        </>
      );
    case 'time':
      return format.preciseClock(receivedAt);
    case 'client':
      return clientOf(exchange, t);
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
      return (
        <Waterfall
          segments={timeline(exchange, now)}
          scale={scale}
          logScale={logScale}
          className="my-auto h-3 w-full"
        />
      );
    case 'firstToken':
      return time(exchange.firstToken, format);
    case 'total':
      return format.duration(totalOf(exchange, now));
    case 'tokens':
      return tokensText(exchange, format);
    case 'speed': {
      const speed = tokensPerSecond(exchange);
      return speed === null ? '–' : format.decimal(speed);
    }
    case 'key':
      return exchange.clientKey ?? '–';
    case 'api':
      return apiNames[exchange.dialect];
    case 'upstream':
      return time(exchange.headers, format);
    case 'queue':
      return time(exchange.leased, format);
    case 'finish':
      return exchange.finishReason ?? '–';
    case 'notices':
      return exchange.warnings.length;
    case 'id':
      return <span className="code">{exchange.id}</span>;
    // no default
  }
}

/** The whole of what a narrow column may cut off, and what there is no column for. */
export function cellTitle(column: ColumnId, exchange: Exchange, { t, format }: CellContext): string | undefined {
  const { attempts, client, model, purpose, receivedAt, resolvedModel, usage } = exchange;
  switch (column) {
    case 'time':
      return format.dateTime(receivedAt);
    case 'model':
      return resolvedModel === null ? model : `${model} → ${resolvedModel}`;
    case 'provider':
      return providerPath(attempts, t);
    case 'client':
      return purpose === null ? client : t(`logs.own.${purpose}`);
    case 'id':
      return exchange.id;
    case 'tokens':
      return usage?.cachedTokens ? `${t('logs.usage.cachedTokens')}: ${format.number(usage.cachedTokens)}` : undefined;
    default:
      return undefined;
  }
}
