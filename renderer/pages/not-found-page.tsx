import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/empty-state.tsx';
import { Page } from '../components/page.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <EmptyState icon={Compass} title={t('notFound.text')} testId="not-found">
        <Link to="/home" className="text-accent underline">
          {t('notFound.home')}
        </Link>
      </EmptyState>
    </Page>
  );
}
