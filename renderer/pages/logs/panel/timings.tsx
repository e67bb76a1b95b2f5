import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { credentialName } from '../names.ts';
import { timeline, totalOf } from '../timeline.ts';
import { segmentFill, Waterfall } from '../waterfall.tsx';

const moments = ['leased', 'connected', 'headers', 'firstEvent', 'firstToken', 'lastToken', 'closed'] as const;

export function Timings({ exchange, now }: { readonly exchange: Exchange; readonly now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const segments = timeline(exchange, now);
  const several = exchange.attempts.length > 1;
  return (
    <>
      <Waterfall segments={segments} scale={Math.max(1, totalOf(exchange, now))} className="mb-2 h-4" />
      <ul aria-label={t('logs.panel.segments')}>
        {segments.map(({ kind, from, to, attempt }) => {
          const tried = several && attempt !== null ? exchange.attempts[attempt] : undefined;
          return (
            <li key={`${kind}-${from}`} className="flex items-center gap-2 py-0.5">
              <span aria-hidden className={cx('keep-fill size-2.5 rounded-[2px]', segmentFill[kind])} />
              <span>{t(`logs.segments.${kind}`)}</span>
              {tried !== undefined && <span className="text-muted">{credentialName(tried, t)}</span>}
              <span className="ml-auto">{format.duration(to - from)}</span>
            </li>
          );
        })}
        <li className="flex items-center justify-between border-t border-line py-1 font-medium">
          <span>{t('logs.columns.total')}</span>
          {format.duration(totalOf(exchange, now))}
        </li>
      </ul>
      <details>
        <summary className="min-h-6 text-accent">{t('logs.panel.moments')}</summary>
        <dl className="mt-1 grid grid-cols-[1fr_max-content] gap-y-0.5">
          {moments.map((moment) => {
            const at = exchange[moment];
            return (
              <div key={moment} className="contents">
                <dt className="text-muted">{t(`logs.moments.${moment}`)}</dt>
                <dd data-testid={`moment-${moment}`} className="text-right">
                  {at === null ? '–' : `${format.number(at)} ms`}
                </dd>
              </div>
            );
          })}
        </dl>
      </details>
    </>
  );
}
