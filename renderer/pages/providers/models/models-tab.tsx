import { Link } from '@tanstack/react-router';
import { Boxes, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderState } from '../../../../shared/state.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { LoadFailed } from '../../../components/load-failed.tsx';
import { SearchField } from '../../../components/search-field.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { call } from '../../../lib/backend.ts';
import { useFormat } from '../../../lib/format.ts';
import { showModels, useModels } from '../../../lib/queries.ts';
import { attempt, complain, say } from '../../../lib/toasts.ts';
import { ModelTable } from './model-table.tsx';

/** Some services list hundreds. */
const firstShown = 100;

export function ModelsTab({ provider }: { readonly provider: ProviderState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, needsToken, total } = provider;
  const { data: models, isError, refetch } = useModels(id);
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  const wanted = text.trim().toLowerCase();
  const found = (models ?? []).filter((model) => `${model.id} ${model.upstreamId}`.toLowerCase().includes(wanted));
  const shown = all ? found : found.slice(0, firstShown);

  async function refresh() {
    setBusy(true);
    const answer = await attempt(
      call('provider.refreshModels', { provider: id }).then(() => call('models.list', { provider: id })),
    );
    setBusy(false);
    if (answer === null) return;
    showModels(id, answer);
    if (answer.length > 0) say(t('models.refreshed', { count: answer.length }));
    else complain(t('models.refreshedNone'));
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button disabled={busy} onClick={() => void refresh()}>
          <RefreshCw aria-hidden size={14} />
          {t(busy ? 'models.refreshing' : 'models.refresh')}
        </Button>
        <Link
          to="/test"
          search={{ mode: 'matrix' }}
          className="inline-flex h-8 items-center rounded-control px-2 text-accent hover:underline"
        >
          {t('models.testAll')}
        </Link>
        <SearchField
          label={t('models.search')}
          value={text}
          onChange={setText}
          className="ml-auto w-64 max-sm:w-full"
        />
      </div>
      {isError && <LoadFailed retry={() => void refetch()} testId="models-error" />}
      {!isError && models === undefined && <Skeleton rows={5} testId="models-loading" />}
      {shown.length > 0 && <ModelTable models={shown} />}
      {shown.length < found.length && (
        <Button className="self-center" onClick={() => setAll(true)}>
          {t('models.showAll', { number: format.number(found.length) })}
        </Button>
      )}
      {models?.length === 0 && (
        <EmptyState icon={Boxes} title={t('models.none')} testId="models-empty">
          {!provider.builtIn && (
            <p className="max-w-md text-muted">
              {t(needsToken && total === 0 ? 'models.noneHint.key' : 'models.noneHint.filter')}
            </p>
          )}
        </EmptyState>
      )}
      {models !== undefined && models.length > 0 && found.length === 0 && (
        <EmptyState icon={Boxes} title={t('models.noMatch')} testId="models-filter-empty" />
      )}
    </div>
  );
}
