import type { ComponentProps } from 'react';
import { cx } from '../lib/cx.ts';

interface SwitchProps extends Omit<ComponentProps<'button'>, 'onChange'> {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Needs a name: `aria-label` or `aria-labelledby`. */
export function Switch({ checked, onChange, className, ...props }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      onClick={() => onChange(!checked)}
      className={cx('inline-flex h-6 w-9 shrink-0 items-center rounded-full disabled:opacity-50', className)}
      {...props}
    >
      <span
        className={cx(
          'relative inline-flex h-5 w-9 items-center rounded-full border transition-colors',
          checked ? 'border-transparent bg-accent' : 'border-control bg-raised',
        )}
      >
        <span
          className={cx(
            'keep-fill absolute size-3.5 rounded-full transition-transform',
            checked ? 'translate-x-[18px] bg-on-accent' : 'translate-x-[3px] bg-control',
          )}
        />
      </span>
    </button>
  );
}
