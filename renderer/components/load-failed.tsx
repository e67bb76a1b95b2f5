import { CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

export function LoadFailed({ retry, testId }: { readonly retry: () => void; readonly testId: string }) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={CloudOff} title={t('common.loadFailed')} testId={testId}>
      <Button onClick={retry}>{t('common.retry')}</Button>
    </EmptyState>
  );
}
