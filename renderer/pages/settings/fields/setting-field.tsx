import { useTranslation } from 'react-i18next';
import { Switch } from '../../../components/switch.tsx';
import { ChoiceInput, DraftInput, LinesInput, Unit } from './controls.tsx';
import { FieldRow } from './field-row.tsx';
import { type Field, pathOf } from './fields.ts';
import { useSetting } from './use-setting.ts';

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const asLines = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** A setting with one of the plain controls. */
export function SettingField({ field }: { readonly field: Field }) {
  const { t } = useTranslation();
  const setting = useSetting(pathOf(field.id));
  const { control } = field;
  const done = (typed: string) => {
    if (control.kind !== 'number') return void setting.set(typed.trim() === '' ? null : typed.trim());
    const { min, max, empty } = control;
    if (typed.trim() === '' && empty) return void setting.set(null);
    const number = Number(typed);
    if (/^\s*\d+\s*$/u.test(typed) && number >= min && number <= max) void setting.set(number);
    else setting.complain(t('settings.range', { min, max }));
  };
  return (
    <FieldRow field={field} setting={setting}>
      {(tied) => {
        if (control.kind === 'switch')
          return <Switch {...tied} checked={setting.value === true} onChange={(next) => void setting.set(next)} />;
        if (control.kind === 'choice')
          return (
            <ChoiceInput
              {...tied}
              value={asText(setting.value)}
              choices={control.choices}
              onChoose={(next) => void setting.set(next)}
            />
          );
        if (control.kind === 'lines')
          return <LinesInput {...tied} value={asLines(setting.value)} onDone={(next) => void setting.set(next)} />;
        return (
          <>
            <DraftInput
              {...tied}
              value={asText(setting.value)}
              onDone={done}
              {...(control.kind === 'number' && { inputMode: 'numeric' as const })}
              className={control.kind === 'number' ? 'w-24' : 'w-full sm:w-72'}
            />
            {control.kind === 'number' && <Unit unit={control.unit} />}
          </>
        );
      }}
    </FieldRow>
  );
}
