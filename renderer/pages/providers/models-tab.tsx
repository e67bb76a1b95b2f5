import { Boxes, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../shared/provider.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { LoadFailed } from '../../components/load-failed.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { call } from '../../lib/backend.ts';
import { useModels } from '../../lib/queries.ts';
import { attempt, say } from '../../lib/toasts.ts';
import { ModelTable } from './model-table.tsx';

export function ModelsTab({ provider: id }: { readonly provider: ProviderId }) {
  const { t } = useTranslation();
  const { data: models, isError, refetch } = useModels(id);
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = (models ?? []).filter((model) => `${model.id} ${model.upstreamId}`.toLowerCase().includes(wanted));

  async function refresh() {
    setBusy(true);
    const answer = await attempt(call('provider.refreshModels', { provider: id }).then(() => true));
    setBusy(false);
    if (answer !== null) say(t('models.refreshed'));
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button disabled={busy} onClick={() => void refresh()}>
          <RefreshCw aria-hidden size={14} />
          {t(busy ? 'models.refreshing' : 'models.refresh')}
        </Button>
        <SearchField
          label={t('models.search')}
          value={text}
          onChange={setText}
          className="ml-auto w-64 max-sm:w-full"
        />
      </div>
      {isError && <LoadFailed retry={() => void refetch()} testId="models-error" />}
      {models === undefined ? null : shown.length > 0 ? (
        <ModelTable models={shown} />
      ) : (
        <EmptyState
          icon={Boxes}
          title={t(models.length === 0 ? 'models.none' : 'models.noMatch')}
          testId={models.length === 0 ? 'models-empty' : 'models-filter-empty'}
        />
      )}
    </div>
  );
}
