import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from '../lib/cx.ts';
import { Tip } from './tip.tsx';

interface IconButtonProps extends ComponentProps<'button'> {
  readonly icon: LucideIcon;
  /** Names the object as well: "Copy base URL", not "Copy". */
  readonly label: string;
}

export function IconButton({ icon: Icon, label, className, ...props }: IconButtonProps) {
  return (
    <Tip label={label}>
      <button
        type="button"
        aria-label={label}
        className={cx(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-control text-muted transition-colors not-disabled:hover:bg-hover not-disabled:hover:text-text disabled:opacity-50',
          className,
        )}
        {...props}
      >
        <Icon aria-hidden size={16} />
      </button>
    </Tip>
  );
}
