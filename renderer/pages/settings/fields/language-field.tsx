import { useTranslation } from 'react-i18next';
import { languages } from '../../../lib/appearance.ts';
import { box } from './controls.tsx';
import { FieldRow } from './field-row.tsx';
import type { Field } from './fields.ts';
import { useSetting } from './use-setting.ts';

/** Each language in its own words. */
const names = { en: 'English', 'zh-CN': '简体中文' } as const;

export function LanguageField({ field }: { readonly field: Field }) {
  const { t } = useTranslation();
  const setting = useSetting('ui.language');
  return (
    <FieldRow field={field} setting={setting}>
      {(tied) => (
        <select
          {...tied}
          value={String(setting.value)}
          onChange={({ target }) => void setting.set(target.value)}
          className={box}
        >
          {languages.map((language) => (
            <option key={language} value={language} {...(language !== 'system' && { lang: language })}>
              {language === 'system' ? t('settingChoices.system') : names[language]}
            </option>
          ))}
        </select>
      )}
    </FieldRow>
  );
}
