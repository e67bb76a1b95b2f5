import { Boxes } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { providerName } from '../../lib/provider-name.ts';
import { useFormat } from '../../lib/format.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { useNow } from '../../lib/now.ts';
import { isHealthy, isWanted, wordFor } from '../../lib/providers.ts';
import { Popover } from '../popover.tsx';
import { ProviderChip } from '../provider-chip.tsx';
import { Pill } from './pill.tsx';

function ProviderLines() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const { providers } = useGateway();
  return (
    <ul className="flex flex-col gap-2">
      {providers.filter(isWanted).map((provider) => (
        <li key={provider.id} className="flex items-center gap-2">
          <span className="mr-auto font-medium">{providerName(provider.id)}</span>
          {provider.total > 0 && (
            <span className="text-muted">
              {t('providers.usableOf', { usable: provider.usable, count: provider.total, ...wordFor(provider.id) })}
            </span>
          )}
          {provider.until !== null && provider.until > now && (
            <span className="text-muted">
              {t('providers.nextIn', { time: format.countdown(provider.until - now) })}
            </span>
          )}
          <ProviderChip provider={provider} />
        </li>
      ))}
    </ul>
  );
}

export function ProvidersPill() {
  const { t } = useTranslation();
  const { providers } = useGateway();
  const wanted = providers.filter(isWanted);
  const healthy = wanted.filter(isHealthy).length;
  return (
    <Popover
      title={t('rail.providers')}
      trigger={
        <Pill className="max-md:hidden">
          <Boxes aria-hidden size={15} className={healthy < wanted.length ? 'text-warning' : 'text-muted'} />
          {t('header.healthy', { healthy, count: wanted.length })}
        </Pill>
      }
    >
      <ProviderLines />
    </Popover>
  );
}
