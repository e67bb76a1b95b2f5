import { useParams } from '@tanstack/react-router';
import { Power } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ClientsOverview } from '../../../shared/clients.ts';
import { Banner } from '../../components/banner.tsx';
import { LoadFailed } from '../../components/load-failed.tsx';
import { Page } from '../../components/page.tsx';
import { PowerButton } from '../../components/shell/power-button.tsx';
import { useClients } from '../../lib/clients.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { Access } from './access.tsx';
import { useModel } from './choice.ts';
import { ClientDetail } from './client-detail.tsx';
import { ClientList } from './client-list.tsx';
import { Hints } from './hints.tsx';
import { Strays } from './strays.tsx';

/** List and client side by side; where the window is narrow, one or the other. */
function Clients({ overview }: { readonly overview: ClientsOverview }) {
  const { t } = useTranslation();
  const { clientId } = useParams({ strict: false });
  const model = useModel(overview);
  const { clients } = overview;
  const { status } = useGateway();
  const chosen = clients.find(({ id }) => id === clientId) ?? clients.find(({ found }) => found) ?? clients[0];
  return (
    <>
      <p className="text-muted">{t('connect.intro')}</p>
      {(status === 'stopped' || status === 'error') && (
        <Banner tone="danger" icon={Power} action={<PowerButton />}>
          {t('connect.card.stopped')}
        </Banner>
      )}
      <Hints model={model} />
      <Strays overview={overview} />
      <Access overview={overview} />
      <div className="flex flex-col gap-4 md:flex-row md:items-start lg:gap-6">
        <ClientList statuses={clients} chosen={chosen?.id} className={clientId === undefined ? '' : 'max-md:hidden'} />
        {chosen !== undefined && (
          <ClientDetail
            key={chosen.id}
            status={chosen}
            overview={overview}
            className={clientId === undefined ? 'max-md:hidden' : ''}
          />
        )}
      </div>
    </>
  );
}

export function ConnectPage() {
  const { t } = useTranslation();
  const { data, isError, refetch } = useClients();
  return (
    <Page title={t('rail.connect')}>
      {data !== undefined && <Clients overview={data} />}
      {isError && data === undefined && <LoadFailed retry={() => void refetch()} testId="connect-error" />}
    </Page>
  );
}
