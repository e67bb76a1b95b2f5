import { FlaskConical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';

export function LocalNote() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={FlaskConical} title={t('providers.local.title')} testId="local-tokens">
      <p className="max-w-lg text-muted">{t('providers.local.text')}</p>
    </EmptyState>
  );
}
