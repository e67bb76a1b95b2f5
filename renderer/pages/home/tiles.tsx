import { useTranslation } from 'react-i18next';
import type { Figures } from '../../../shared/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { dense, errorShare } from './charts/chart.ts';
import { change, durations, requestsOf, signed, spreadText } from './figures/compare.ts';
import { Tile } from './figures/tile.tsx';

const alarmingShare = 0.05;

const mean = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
};

/** The window in six figures, each beside what it was in the window before. */
export function Tiles({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { inFlight } = useGateway();
  const { total, previous, waiting } = figures;
  const share = errorShare(total);
  const before = errorShare(previous);
  const versus = (by: number | null) =>
    by === null ? t('home.tiles.nothingBefore') : t('home.tiles.versus', { change: signed(by, format) });
  const few = (count: number) => t('home.tiles.answers', { count });
  const { firstToken, speed } = total;
  return (
    <section aria-label={t('home.tiles.title')}>
      <dl className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-6">
        <Tile
          name={t('home.tiles.requests')}
          value={format.number(requestsOf(total))}
          note={versus(change(requestsOf(total), requestsOf(previous)))}
          course={dense<number | null>(
            figures,
            (bucket) => bucket.ok + bucket.clientError + bucket.upstreamError + bucket.cancelled,
            0,
          )}
        />
        <Tile
          name={t('home.tiles.errors')}
          value={share === null ? '–' : format.percent(share)}
          note={
            share === null || before === null
              ? t('home.tiles.nothingBefore')
              : t('home.tiles.before', { value: format.percent(before) })
          }
          course={dense<number | null>(figures, errorShare, null)}
          alarming={(share ?? 0) > alarmingShare}
        />
        <Tile
          name={t(firstToken.p50 === null ? 'home.tiles.firstToken' : 'home.tiles.firstTokenPercentiles')}
          value={spreadText(firstToken, (values, between) => durations(values, between, format))}
          note={
            firstToken.p50 === null ? few(firstToken.count) : versus(change(firstToken.p50, previous.firstToken.p50))
          }
          course={dense<number | null>(figures, ({ firstToken: one }) => one.p50 ?? mean(one.few), null)}
        />
        <Tile
          name={t(speed.p50 === null ? 'home.tiles.speed' : 'home.tiles.speedMedian')}
          value={
            speed.p50 === null
              ? spreadText(speed, (values, between) => values.map(format.compact).join(between))
              : format.number(speed.p50)
          }
          note={speed.p50 === null ? few(speed.count) : versus(change(speed.p50, previous.speed.p50))}
          course={dense<number | null>(figures, ({ speeds }) => mean(speeds), null)}
        />
        <Tile
          name={t('home.tiles.inFlight')}
          value={`${format.number(inFlight)} / ${format.number(waiting)}`}
          note={t('home.tiles.peak', { count: total.peak })}
          course={dense<number | null>(figures, ({ peak }) => peak, 0)}
        />
        <Tile
          name={t('home.tiles.failovers')}
          value={format.number(total.failovers)}
          note={versus(change(total.failovers, previous.failovers))}
          course={dense<number | null>(figures, ({ failovers }) => failovers, 0)}
        />
      </dl>
    </section>
  );
}
