import { Link } from '@tanstack/react-router';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { builtIns, type ProviderId } from '../../../../shared/provider.ts';
import type { Finding } from '../../../../shared/radar.ts';
import { Chip } from '../../../components/chip.tsx';
import { findingText } from '../../../lib/finding-text.ts';
import { useFormat } from '../../../lib/format.ts';
import { useNow } from '../../../lib/now.ts';
import { providerName } from '../../../lib/provider-name.ts';

const link = 'text-accent hover:underline';

/** The way round a web chat that is barred. */
const officialOf = (id: ProviderId): ProviderId | null => (Object.hasOwn(builtIns, `${id}-api`) ? `${id}-api` : null);
const barred = new Set(['captcha', 'guard', 'waf', 'client-version', 'signature', 'format']);

function Outcome({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { firstTokenMs, until } = finding;
  const model = finding.model ?? '';
  const text = findingText(finding);
  if (text === null)
    return firstTokenMs === null
      ? t('radar.okWhole', { model })
      : t('radar.okAfter', { time: format.duration(firstTokenMs), model });
  return (
    <>
      {text.title} <strong className="font-medium">{text.action}</strong>
      {until !== null && ` ${t('radar.until', { time: format.clock(until) })}`}
    </>
  );
}

/** What one canary came back with: whether it was answered, or what is broken and the one thing to do. */
export function RadarFinding({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  const { at, broken, exchangeId, kind, message, provider } = finding;
  const official = broken !== null && barred.has(broken) ? officialOf(provider) : null;
  return (
    <li className="flex flex-col gap-1" data-testid={`radar-${kind}`}>
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{t(`radar.kinds.${kind}`)}</span>
        {broken === null && (
          <Chip tone="success" icon={CircleCheck}>
            {t('radar.ok')}
          </Chip>
        )}
        {broken !== null && (
          <Chip tone="danger" icon={TriangleAlert}>
            {t('radar.notOk')}
          </Chip>
        )}
        <time dateTime={new Date(at).toISOString()} className="text-xs text-muted">
          {format.relative(at, now)}
        </time>
        {exchangeId !== null && (
          <Link to="/logs/$exchangeId" params={{ exchangeId }} className={`text-xs ${link}`}>
            {t('radar.row')}
          </Link>
        )}
      </div>
      <p>
        <Outcome finding={finding} />
        {official !== null && (
          <Link to="/providers/$providerId" params={{ providerId: official }} className={`ml-2 ${link}`}>
            {t('radar.official', { provider: providerName(official) })}
          </Link>
        )}
      </p>
      {message !== null && (
        <details>
          <summary className="min-h-6 text-xs text-accent">{t('radar.exactWords')}</summary>
          <p lang="en" className="text-xs wrap-anywhere text-muted">
            {message}
          </p>
        </details>
      )}
    </li>
  );
}
