import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page.tsx';
import { useGateway } from '../../lib/gateway-state.ts';
import { ProviderDetail } from './provider-detail.tsx';
import { ProviderList } from './provider-list.tsx';

export function ProvidersPage() {
  const { t } = useTranslation();
  const { providers } = useGateway();
  const { providerId } = useParams({ strict: false });
  const chosen = providers.find(({ id }) => id === providerId) ?? providers[0];
  return (
    <Page title={t('rail.providers')}>
      <div className="flex flex-col gap-4 md:flex-row lg:gap-6">
        <ProviderList chosen={chosen?.id} />
        {chosen !== undefined && <ProviderDetail key={chosen.id} provider={chosen} />}
      </div>
    </Page>
  );
}
