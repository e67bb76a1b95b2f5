import { type ComponentProps, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Switch } from '../../../components/switch.tsx';
import { cx } from '../../../lib/cx.ts';
import type { Problem } from './draft.ts';

function useProblemText(problem: Problem | undefined): string | null {
  const { t } = useTranslation();
  if (problem === undefined) return null;
  if (problem.kind === 'header') return t('service.problems.header', { line: problem.line });
  if (problem.kind === 'refused') return t(`refusals.${problem.reason}`);
  return problem.kind === 'malformed' ? t('refusals.address_malformed') : t(`service.problems.${problem.kind}`);
}

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly optional?: boolean;
  readonly problem?: Problem | undefined;
}

/** A label, what stands under it, and what ties them together; `children` draws the control. */
function Field({
  label,
  help,
  optional = false,
  problem,
  children,
}: FieldProps & {
  readonly children: (tied: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}) {
  const { t } = useTranslation();
  const id = useId();
  const wrong = useProblemText(problem);
  const described = [...(wrong === null ? [] : [`${id}-problem`]), ...(help === undefined ? [] : [`${id}-help`])];
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
        {optional && <span className="font-normal text-muted"> ({t('service.optional')})</span>}
      </label>
      {children({
        id,
        ...(described.length > 0 && { 'aria-describedby': described.join(' ') }),
        ...(wrong !== null && { 'aria-invalid': true as const }),
      })}
      {wrong !== null && (
        <p id={`${id}-problem`} className="mt-1 text-danger">
          {wrong}
        </p>
      )}
      {help !== undefined && (
        <p id={`${id}-help`} className="mt-1 text-xs text-muted">
          {help}
        </p>
      )}
    </div>
  );
}

const box = 'block w-full rounded-control border border-control bg-bg px-2 aria-invalid:border-danger';

type Control<T extends 'input' | 'textarea'> = FieldProps &
  Omit<ComponentProps<T>, 'onChange' | 'id'> & { readonly onChange: (value: string) => void };

export function TextField({ label, help, optional, problem, onChange, className, ...props }: Control<'input'>) {
  return (
    <Field label={label} help={help} optional={optional ?? false} problem={problem}>
      {(tied) => (
        <input
          spellCheck={false}
          autoComplete="off"
          className={cx(box, 'h-8', className)}
          onChange={(event) => onChange(event.target.value)}
          {...tied}
          {...props}
        />
      )}
    </Field>
  );
}

export function TextArea({ label, help, optional, problem, onChange, className, ...props }: Control<'textarea'>) {
  return (
    <Field label={label} help={help} optional={optional ?? false} problem={problem}>
      {(tied) => (
        <textarea
          spellCheck={false}
          autoComplete="off"
          className={cx(box, 'code resize-y py-1.5 break-all', className)}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
          }}
          {...tied}
          {...props}
        />
      )}
    </Field>
  );
}

interface SwitchFieldProps {
  readonly label: string;
  readonly help: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function SwitchField({ label, help, checked, onChange }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <div className="flex-1">
        <div id={id} className="font-medium">
          {label}
        </div>
        <p id={`${id}-help`} className="text-xs text-muted">
          {help}
        </p>
      </div>
      <Switch aria-labelledby={id} aria-describedby={`${id}-help`} checked={checked} onChange={onChange} />
    </div>
  );
}
