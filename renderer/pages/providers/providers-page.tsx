import { useNavigate, useParams } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddedProvider, ProviderId } from '../../../shared/provider.ts';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { Tip } from '../../components/tip.tsx';
import { call } from '../../lib/backend.ts';
import { useGateway, useLock } from '../../lib/gateway-state.ts';
import { isWanted } from '../../lib/providers.ts';
import { attempt, complain } from '../../lib/toasts.ts';
import { ProviderList } from './list/provider-list.tsx';
import { ProviderDetail } from './provider-detail.tsx';
import { ServiceSheet } from './service/service-sheet.tsx';

/** List and provider side by side; where the window is narrow, one or the other. */
export function ProvidersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { providers } = useGateway();
  const { providerId } = useParams({ strict: false });
  const fixedBy = useLock('providers.added');
  const chosen = providers.find(({ id }) => id === providerId) ?? providers.find(isWanted) ?? providers[0];
  /** A new sheet each time: it starts afresh, however the last one was left. */
  const [sheet, setSheet] = useState<{ number: number; open: boolean; saved: AddedProvider | null }>({
    number: 0,
    open: false,
    saved: null,
  });
  const openSheet = (saved: AddedProvider | null) =>
    setSheet(({ number }) => ({ number: number + 1, open: true, saved }));

  async function edit(id: ProviderId) {
    const added = await attempt(call('providers.added'));
    const saved = added?.find((one) => one.id === id);
    if (saved !== undefined) openSheet(saved);
    else if (added !== null) complain(t('providers.gone'));
  }

  const adding = (
    <Button intent="primary" disabled={fixedBy !== null} onClick={() => openSheet(null)}>
      <Plus aria-hidden size={15} />
      {t('service.add')}
    </Button>
  );
  return (
    <Page
      title={t('rail.providers')}
      actions={
        fixedBy === null ? (
          adding
        ) : (
          <Tip label={t('common.setBy', { name: fixedBy })}>
            <span>{adding}</span>
          </Tip>
        )
      }
    >
      <div className="flex flex-col gap-4 md:flex-row md:items-start lg:gap-6">
        <ProviderList
          chosen={chosen?.id}
          onEdit={(id) => void edit(id)}
          className={providerId === undefined ? '' : 'max-md:hidden'}
        />
        {chosen !== undefined && (
          <ProviderDetail
            key={chosen.id}
            provider={chosen}
            onEdit={() => void edit(chosen.id)}
            className={providerId === undefined ? 'max-md:hidden' : ''}
          />
        )}
      </div>
      <ServiceSheet
        key={sheet.number}
        open={sheet.open}
        saved={sheet.saved}
        onClose={() => setSheet((last) => ({ ...last, open: false }))}
        onSaved={({ id }) => {
          if (sheet.saved !== null) return;
          void navigate({ to: '/providers/$providerId', params: { providerId: id }, search: { tab: 'models' } });
        }}
      />
    </Page>
  );
}
