import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '../../../../shared/model.ts';
import { useExchanges } from '../../../lib/exchange-feed.ts';
import { lastTests } from './last-tests.ts';
import { ModelRow } from './model-row.tsx';
import { modelColumns } from './model-columns.ts';
import { useRoutes } from './use-routes.ts';

const names = ['name', 'upstream', 'capabilities', 'context', 'output', 'lastTest', 'enabled'] as const;

export function ModelTable({ models }: { readonly models: readonly ModelInfo[] }) {
  const { t } = useTranslation();
  const routes = useRoutes();
  const rows = useExchanges();
  const tests = useMemo(() => lastTests(rows), [rows]);
  return (
    <div className="@container overflow-hidden rounded-card border border-line">
      <table className="w-full" aria-label={t('models.table')}>
        <thead className="bg-surface">
          <tr className="h-8 text-left text-xs text-muted">
            {names.map((name) => (
              <th key={name} scope="col" className={`px-2 font-normal first:pl-3 ${modelColumns[name]}`}>
                {t(`models.columns.${name}`)}
              </th>
            ))}
            <th scope="col" className="w-10">
              <span className="sr-only">{t('models.columns.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelRow
              key={model.id}
              model={model}
              route={routes.get(model.id.toLowerCase()) ?? []}
              lastTest={tests.get(`${model.provider}/${model.id}`.toLowerCase())}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
