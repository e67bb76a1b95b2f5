import { i18n } from '../../../i18n/i18n.ts';
import { type Field, fields, pathOf } from './fields.ts';

const languages = ['en', 'zh-CN'] as const;

/** What can be typed to find a setting: what it is called and about, in every language, and its path. */
function wordsOf({ id, section }: Field): string {
  const said = languages.flatMap((language) => {
    const t = i18n.getFixedT(language);
    return [
      t(`settingFields.${id}.label`), t(`settingFields.${id}.help`), t(`settingFields.${id}.words`), t(`settings.sections.${section}`),
    ]; // prettier-ignore
  });
  return [...said, pathOf(id)].join('\n').toLowerCase();
}

/** The settings that hold every word that was typed; those whose name does come first. */
export function findFields(typed: string): readonly Field[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  const named = ({ id }: Field) => {
    const labels = languages.map((language) => i18n.getFixedT(language)(`settingFields.${id}.label`).toLowerCase());
    return labels.some((label) => words.every((word) => label.includes(word)));
  };
  const found = fields.filter((field) => words.every((word) => wordsOf(field).includes(word)));
  return [...found.filter(named), ...found.filter((field) => !named(field))];
}
