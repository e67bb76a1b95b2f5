import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Info } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../components/banner.tsx';
import { LoadFailed } from '../../components/load-failed.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { cx } from '../../lib/cx.ts';
import { changedElsewhere, useSettings } from '../../lib/settings.ts';
import { useStore } from '../../lib/store.ts';
import { fieldAt } from './fields/fields.ts';
import { SearchResults } from './search-results.tsx';
import { Section } from './section.tsx';
import { sectionIcons, sectionIds, sectionOf } from './sections.ts';
import { seek } from './sought.ts';

/** Everything that can be set, by section or by search. */
export function SettingsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const params: { section?: string } = useParams({ strict: false });
  const section = sectionOf(params.section);
  const [typed, setTyped] = useState('');
  const { data, isError, refetch } = useSettings();
  return (
    <Page
      title={t('settings.title')}
      actions={
        <SearchField label={t('settings.search')} value={typed} onChange={setTyped} className="w-72 max-w-full" />
      }
    >
      <Elsewhere />
      {typed.trim() !== '' && (
        <SearchResults
          typed={typed}
          onChoose={(field) => {
            setTyped('');
            void navigate({ to: '/settings/$section', params: { section: field.section } });
            seek(field.id);
          }}
        />
      )}
      <div className="flex gap-6 max-md:flex-col">
        <nav aria-label={t('settings.sectionList')} className="shrink-0 md:w-48">
          <ul className="flex gap-1 max-md:flex-wrap md:flex-col">
            {sectionIds.map((id) => {
              const Icon = sectionIcons[id];
              return (
                <li key={id}>
                  <Link
                    to="/settings/$section"
                    params={{ section: id }}
                    aria-current={id === section ? 'page' : undefined}
                    className={cx(
                      'flex min-h-8 items-center gap-2 rounded-control px-2 py-1 hover:bg-hover',
                      id === section && 'bg-hover font-medium',
                    )}
                  >
                    <Icon aria-hidden size={15} className="shrink-0" />
                    {t(`settings.sections.${id}`)}
                  </Link>
                </li>
              );
            })}
          </ul>
        </nav>
        {isError ? (
          <LoadFailed retry={() => void refetch()} testId="settings-error" />
        ) : data === undefined ? (
          <Skeleton rows={8} testId="settings-loading" />
        ) : (
          <Section key={section} id={section} />
        )}
      </div>
    </Page>
  );
}

const shownMs = 10_000;

/** Says when another window has changed a setting that is shown here. */
function Elsewhere() {
  const { t } = useTranslation();
  const change = useStore(changedElsewhere);
  useEffect(() => {
    if (change === null) return undefined;
    const timer = setTimeout(() => changedElsewhere.set(null), shownMs);
    return () => clearTimeout(timer);
  }, [change]);
  const field = change === null ? undefined : fieldAt(change.path);
  return (
    <output>
      {field !== undefined && (
        <Banner tone="info" icon={Info}>
          {t('settings.elsewhere', { label: t(`settingFields.${field.id}.label`) })}
        </Banner>
      )}
    </output>
  );
}
