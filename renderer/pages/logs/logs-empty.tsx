import { Activity, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { copyAloud, openAiUrl } from '../../lib/copy-actions.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { TestRequest, useTestRequest } from '../home/test-request.tsx';

interface LogsEmptyProps {
  readonly filtered: boolean;
  /** Older rows are still being looked through. */
  readonly looking: boolean;
  readonly onClear: () => void;
}

export function LogsEmpty({ filtered, looking, onClear }: LogsEmptyProps) {
  const { t } = useTranslation();
  const test = useTestRequest();
  const url = openAiUrl(useGateway().baseUrl);
  return (
    <div className="min-w-0 flex-1">
      {looking ? (
        <Skeleton rows={8} testId="logs-looking" />
      ) : filtered ? (
        <EmptyState icon={SearchX} title={t('common.nothingMatches')} testId="logs-filter-empty">
          <Button onClick={onClear}>{t('common.clearFilters')}</Button>
        </EmptyState>
      ) : (
        <EmptyState icon={Activity} title={t('logs.empty')} testId="logs-empty">
          <div className="w-96 max-w-full text-left">
            <CopyField
              label={t('home.welcome.baseUrl')}
              value={url}
              copyLabel={t('copy.url')}
              copy={() => copyAloud(url, t('copy.urlDone'))}
            />
          </div>
          <TestRequest test={test} />
        </EmptyState>
      )}
    </div>
  );
}
