import { useTranslation } from 'react-i18next';
import { ChoiceInput } from './controls.tsx';
import { FieldRow } from './field-row.tsx';
import type { Field } from './fields.ts';
import { useSetting } from './use-setting.ts';

const modes = ['separate', 'think', 'strip', 'raw'] as const;

/** How reasoning reaches clients, with what one of them would receive. */
export function ThinkingField({ field }: { readonly field: Field }) {
  const { t } = useTranslation();
  const setting = useSetting('behaviour.thinking');
  const mode = modes.find((known) => known === setting.value) ?? 'separate';
  return (
    <FieldRow field={field} setting={setting}>
      {(tied) => (
        <div className="flex min-w-0 flex-col items-start gap-1 sm:items-end">
          <ChoiceInput {...tied} value={mode} choices={modes} onChoose={(next) => void setting.set(next)} />
          <figure className="w-full max-w-80">
            <figcaption className="text-xs text-muted">{t('settings.thinking.example')}</figcaption>
            <pre className="code rounded-control border border-line bg-surface p-2 text-xs whitespace-pre-wrap">
              {t(`settings.thinking.${mode}`)}
            </pre>
          </figure>
        </div>
      )}
    </FieldRow>
  );
}
