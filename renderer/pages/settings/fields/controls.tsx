import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../lib/cx.ts';
import { type ChoiceId, type UnitId, valueOf } from './fields.ts';

export const box =
  'h-8 rounded-control border border-control bg-bg px-2 aria-invalid:border-danger disabled:opacity-50';

interface DraftProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  readonly value: string;
  /** The user has finished typing something else. */
  readonly onDone: (value: string) => void;
  readonly onTyped?: (value: string) => void;
}

/** Typed text that counts when it is finished: with Enter, or by going elsewhere. Escape takes it back. */
export function DraftInput({ value, onDone, onTyped, className, ...props }: DraftProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const finish = () => {
    if (draft !== null && draft !== value) onDone(draft);
    setDraft(null);
  };
  return (
    <input
      {...props}
      spellCheck={false}
      autoComplete="off"
      value={draft ?? value}
      onChange={({ target }) => {
        setDraft(target.value);
        onTyped?.(target.value);
      }}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape' && draft !== null) {
          event.stopPropagation();
          setDraft(null);
          onTyped?.(value);
        }
      }}
      className={cx(box, className)}
    />
  );
}

interface LinesProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  readonly value: readonly string[];
  readonly onDone: (lines: string[]) => void;
}

/** One entry per line. */
export function LinesInput({ value, onDone, className, ...props }: LinesProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const text = value.join('\n');
  const finish = () => {
    if (draft !== null && draft !== text)
      onDone(
        draft
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      );
    setDraft(null);
  };
  return (
    <textarea
      {...props}
      rows={Math.min(8, Math.max(2, value.length + 1))}
      spellCheck={false}
      value={draft ?? text}
      onChange={({ target }) => setDraft(target.value)}
      onBlur={finish}
      className={cx(box, 'code h-auto w-full py-1 sm:w-72', className)}
    />
  );
}

interface ChoiceProps extends Omit<ComponentProps<'select'>, 'value' | 'onChange'> {
  readonly value: string;
  readonly choices: readonly ChoiceId[];
  readonly onChoose: (value: string) => void;
}

export function ChoiceInput({ value, choices, onChoose, className, ...props }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <select {...props} value={value} onChange={({ target }) => onChoose(target.value)} className={cx(box, className)}>
      {choices.map((choice) => (
        <option key={choice} value={valueOf(choice)}>
          {t(`settingChoices.${choice}`)}
        </option>
      ))}
    </select>
  );
}

export function Unit({ unit }: { readonly unit: UnitId | undefined }) {
  const { t } = useTranslation();
  return unit === undefined ? null : (
    <span className="flex h-8 items-center text-muted">{t(`settings.units.${unit}`)}</span>
  );
}
