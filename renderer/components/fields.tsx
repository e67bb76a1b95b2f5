import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from '../lib/cx.ts';

export const inputLook = 'h-8 w-full min-w-0 rounded-control border border-control bg-bg px-2 disabled:opacity-50';

interface FieldProps {
  readonly label: string;
  readonly note?: ReactNode;
  readonly className?: string | undefined;
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby': string | undefined }) => ReactNode;
}

/** A control with its name above it. */
export function Field({ label, note, className, children }: FieldProps) {
  const id = useId();
  const noteId = useId();
  return (
    <div className={cx('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-xs text-muted">
        {label}
      </label>
      {children({ id, 'aria-describedby': note === undefined ? undefined : noteId })}
      {note !== undefined && (
        <p id={noteId} className="mt-1 text-xs text-muted">
          {note}
        </p>
      )}
    </div>
  );
}

interface SelectFieldProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
  readonly className?: string;
}

export function SelectField<T extends string>({
  label,
  value,
  options,
  onChange,
  disabled,
  className,
}: SelectFieldProps<T>) {
  return (
    <Field label={label} className={className}>
      {(ids) => (
        <select
          {...ids}
          value={value}
          disabled={disabled}
          className={inputLook}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface NumberFieldProps {
  readonly label: string;
  /** Null: left empty. */
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly onChange: (value: number | null) => void;
}

export function NumberField({ label, value, min, max, onChange, className, ...props }: NumberFieldProps) {
  return (
    <Field label={label} className={className}>
      {(ids) => (
        <input
          {...ids}
          {...props}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          value={value ?? ''}
          className={inputLook}
          onChange={({ target }) =>
            onChange(target.value === '' ? null : Math.min(max, Math.max(min, Math.round(target.valueAsNumber))))
          }
        />
      )}
    </Field>
  );
}

interface CheckFieldProps extends Omit<ComponentProps<'input'>, 'onChange'> {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function CheckField({ label, checked, onChange, className, ...props }: CheckFieldProps) {
  return (
    <label className={cx('inline-flex min-h-7 items-center gap-2', className)}>
      <input
        {...props}
        type="checkbox"
        className="size-4"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}
