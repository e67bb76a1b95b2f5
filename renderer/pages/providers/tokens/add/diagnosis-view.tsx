import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../../shared/provider.ts';
import { Banner } from '../../../../components/banner.tsx';
import { useFormat } from '../../../../lib/format.ts';
import { wordFor } from '../../../../lib/providers.ts';
import { DiagnosedRow } from './diagnosed-row.tsx';
import type { Diagnosis } from './use-diagnosis.ts';

interface DiagnosisViewProps {
  readonly diagnosis: Diagnosis;
  readonly provider: ProviderId;
}

/** The token doctor's word: counts first, then each item without any character of it. */
export function DiagnosisView({ diagnosis, provider }: DiagnosisViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { read, fresh, duplicates, strange, unwanted, elsewhere, items, cut } = diagnosis;
  const others = elsewhere.reduce((sum, { count }) => sum + count, 0);
  const counts = [
    t('tokens.add.read', { count: read }),
    t('tokens.add.fresh', { count: fresh }),
    ...(duplicates > 0 ? [t('tokens.add.duplicates', { count: duplicates })] : []),
    ...(strange > 0 ? [t('tokens.add.strange', { count: strange, ...wordFor(provider) })] : []),
    ...(unwanted > 0 ? [t('tokens.add.unwanted', { count: unwanted })] : []),
    ...(others > 0 ? [t('tokens.add.others', { count: others })] : []),
  ];
  return (
    <div className="mt-3">
      <output data-testid="paste-report" className="block font-medium">
        {read === 0
          ? t(diagnosis.format === 'list' ? 'tokens.add.nothingYet' : 'tokens.add.nothingIn')
          : counts.join(' · ')}
      </output>
      {cut && (
        <Banner tone="warning" icon={TriangleAlert} className="mt-2">
          {t('tokens.add.cut')}
        </Banner>
      )}
      {items.length > 0 && (
        <div className="mt-2 max-h-72 overflow-y-auto">
          <table aria-label={t('tokens.add.table')} className="w-full text-xs">
            <thead className="text-left text-muted">
              <tr>
                {(['place', 'item', 'kind', 'verdict'] as const).map((column) => (
                  <th key={column} scope="col" className="py-1 pr-2 font-normal">
                    {t(`tokens.add.columns.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- items repeat, and are never moved
                <DiagnosedRow key={at} item={item} provider={provider} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {read > items.length && (
        <p className="mt-1 text-xs text-muted">
          {t('tokens.add.more', { count: read - items.length, number: format.number(read - items.length) })}
        </p>
      )}
    </div>
  );
}
