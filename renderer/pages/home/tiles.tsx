import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadFailed } from '../../components/load-failed.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useFormat } from '../../lib/format.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { useTotals } from '../../lib/queries.ts';

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly note?: ReactNode;
  readonly alarming?: boolean;
}

function Tile({ name, value, note, alarming = false }: TileProps) {
  return (
    <div className="flex min-w-0 flex-col rounded-card border border-line bg-surface px-3 py-2">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className={`text-xl font-semibold ${alarming ? 'text-danger' : ''}`}>{value}</dd>
      <dd className="min-h-4 text-xs text-muted">{note}</dd>
    </div>
  );
}

const alarmingShare = 0.05;

export function Tiles() {
  const { t } = useTranslation();
  const format = useFormat();
  const { inFlight } = useGateway();
  const { data: totals, isError, refetch } = useTotals();
  if (isError) return <LoadFailed retry={() => void refetch()} testId="totals-error" />;
  if (totals === undefined) return <Skeleton rows={3} testId="totals-loading" />;

  const finished = totals.ok + totals.failed;
  const failedShare = finished === 0 ? 0 : totals.failed / finished;
  return (
    <section aria-labelledby="tiles-title">
      <h2 id="tiles-title" className="mb-2 text-xs text-muted">
        {t('home.tiles.title')}
      </h2>
      <dl className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-6">
        <Tile
          name={t('home.tiles.requests')}
          value={format.number(totals.requests)}
          note={t('home.tiles.cancelled', { count: totals.cancelled })}
        />
        <Tile
          name={t('home.tiles.errors')}
          value={finished === 0 ? '–' : format.percent(failedShare)}
          note={t('home.tiles.failed', { count: totals.failed })}
          alarming={failedShare > alarmingShare}
        />
        <Tile
          name={t('home.tiles.firstToken')}
          value={totals.medianFirstTokenMs === null ? '–' : format.duration(totals.medianFirstTokenMs)}
          note={t('home.tiles.median')}
        />
        <Tile
          name={t('home.tiles.tokens')}
          value={format.compact(totals.inputTokens + totals.outputTokens)}
          note={t('home.tiles.inOut', {
            input: format.compact(totals.inputTokens),
            output: format.compact(totals.outputTokens),
          })}
        />
        <Tile
          name={t('home.tiles.failovers')}
          value={format.number(totals.failovers)}
          note={t('home.tiles.failoversNote')}
        />
        <Tile name={t('home.tiles.inFlight')} value={format.number(inFlight)} />
      </dl>
    </section>
  );
}
