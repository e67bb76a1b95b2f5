import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../shared/provider.ts';
import { providerName } from '../../lib/provider-name.ts';
import { ProviderChip } from '../../components/provider-chip.tsx';
import { cx } from '../../lib/cx.ts';
import { useGateway } from '../../lib/gateway-state.ts';

export function ProviderList({ chosen }: { readonly chosen: ProviderId | undefined }) {
  const { t } = useTranslation();
  const { providers } = useGateway();
  return (
    <nav aria-label={t('providers.list')} className="shrink-0 md:w-48">
      <ul className="flex gap-1 max-md:overflow-x-auto md:flex-col">
        {providers.map((provider) => (
          <li key={provider.id} className="min-w-0 max-md:flex-1">
            <Link
              to="/providers/$providerId"
              params={{ providerId: provider.id }}
              aria-current={provider.id === chosen ? 'true' : undefined}
              className={cx(
                'flex h-full min-h-12 flex-col justify-center gap-1 rounded-card border px-3 py-2 transition-colors',
                provider.id === chosen ? 'border-accent bg-accent/5' : 'border-line hover:bg-hover',
              )}
            >
              <span className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1">
                <span className="text-base font-medium">{providerName(provider.id)}</span>
                <ProviderChip state={provider.state} />
              </span>
              <span className="text-xs text-muted">
                {provider.total > 0
                  ? t('providers.usableOf', { usable: provider.usable, count: provider.total })
                  : t('providers.modelCount', { count: provider.modelCount })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
