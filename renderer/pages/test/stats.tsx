import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../shared/exchange.ts';
import { exchangeFeed, useExchanges } from '../../lib/exchange-feed.ts';
import { useFormat } from '../../lib/format.ts';
import { providerName } from '../../lib/provider-name.ts';
import { useStoredExchange } from '../../lib/queries.ts';
import { tokensPerSecond } from '../logs/timeline.ts';

/** The row of a request in Logs, while it runs and afterwards. */
export function useRow(id: string | null, ended: boolean): Exchange | null {
  useExchanges();
  const live = id === null ? undefined : exchangeFeed.get(id);
  const stored = useStoredExchange(id ?? '', id !== null && ended && live === undefined);
  return live ?? stored.data ?? null;
}

const blank = '–';

export function useStats(row: Exchange | null): readonly { readonly name: string; readonly value: string }[] {
  const { t } = useTranslation();
  const format = useFormat();
  const time = (ms: number | null | undefined) => (typeof ms === 'number' ? format.duration(ms) : blank);
  const speed = row && tokensPerSecond(row);
  const { inputTokens = null, outputTokens = null } = row?.usage ?? {};
  const count = (tokens: number | null) => (tokens === null ? blank : format.number(tokens));
  const by = row?.attempts.at(-1);
  return [
    { name: t('test.stats.queue'), value: time(row?.leased) },
    { name: t('test.stats.ttfb'), value: time(row?.headers) },
    { name: t('test.stats.ttft'), value: time(row?.firstToken) },
    { name: t('test.stats.total'), value: time(row?.closed) },
    { name: t('test.stats.speed'), value: speed === null ? blank : format.decimal(speed) },
    { name: t('test.stats.tokens'), value: row?.usage ? `${count(inputTokens)} / ${count(outputTokens)}` : blank },
    { name: t('test.stats.attempts'), value: row ? format.number(row.attempts.length) : blank },
    {
      name: t('test.stats.by'),
      value: by ? [providerName(by.provider), by.credential].filter(Boolean).join(' · ') : blank,
    },
  ];
}

/** What was measured, of the same row that Logs shows. */
export function Stats({ row }: { readonly row: Exchange | null }) {
  const { t } = useTranslation();
  const stats = useStats(row);
  return (
    <section aria-label={t('test.stats.title')} className="rounded-card border border-line bg-surface p-3">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4 xl:grid-cols-2">
        {stats.map(({ name, value }) => (
          <div key={name} className="min-w-0">
            <dt className="text-xs text-muted">{name}</dt>
            <dd className="text-base font-medium wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function LogLink({ row }: { readonly row: Exchange }) {
  const { t } = useTranslation();
  return (
    <Link to="/logs/$exchangeId" params={{ exchangeId: row.id }} className="text-accent underline underline-offset-2">
      {t('test.openInLogs')}
    </Link>
  );
}
