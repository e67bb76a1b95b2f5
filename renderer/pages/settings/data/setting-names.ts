import { useTranslation } from 'react-i18next';
import { fieldAt } from '../fields/fields.ts';

/** Settings as the page calls them; those it does not show by their path. */
export function useSettingNames(): (paths: readonly string[]) => string {
  const { t } = useTranslation();
  return (paths) =>
    paths
      .map((path) => {
        const field = fieldAt(path);
        return field === undefined ? path : t(`settingFields.${field.id}.label`);
      })
      .join(', ');
}
