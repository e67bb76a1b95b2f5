import { useTranslation } from 'react-i18next';
import type { Field } from './fields/fields.ts';
import { findFields } from './fields/search.ts';

interface SearchResultsProps {
  readonly typed: string;
  readonly onChoose: (field: Field) => void;
}

/** The settings that fit what was typed, in whichever language. */
export function SearchResults({ typed, onChoose }: SearchResultsProps) {
  const { t } = useTranslation();
  const found = findFields(typed);
  return (
    <section aria-label={t('settings.search')} className="rounded-card border border-line bg-surface p-2">
      <output className="block px-2 text-xs text-muted">
        {found.length === 0 ? t('settings.noneFound') : t('settings.found', { count: found.length })}
      </output>
      <ul>
        {found.map((field) => (
          <li key={field.id}>
            <button
              type="button"
              onClick={() => onChoose(field)}
              className="flex min-h-8 w-full flex-wrap items-center gap-x-2 rounded-control px-2 py-1 text-left hover:bg-hover"
            >
              <span className="font-medium">{t(`settingFields.${field.id}.label`)}</span>
              <span className="text-muted">{t(`settings.sections.${field.section}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
