import { cva, type VariantProps } from 'class-variance-authority';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

const chip = cva(
  'inline-flex h-5 max-w-full items-center gap-1 rounded-control border px-1.5 text-xs font-medium whitespace-nowrap',
  {
    variants: {
      tone: {
        neutral: 'border-line bg-surface text-muted',
        success: 'border-success/30 bg-success/8 text-success',
        warning: 'border-warning/30 bg-warning/8 text-warning',
        danger: 'border-danger/30 bg-danger/8 text-danger',
        info: 'border-info/30 bg-info/8 text-info',
        guest: 'border-guest/30 bg-guest/8 text-guest',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export type Tone = NonNullable<VariantProps<typeof chip>['tone']>;

interface ChipProps {
  readonly tone: Tone;
  readonly icon?: LucideIcon | undefined;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Icon, word and colour together: a state is never told by colour alone. */
export function Chip({ tone, icon: Icon, className, children }: ChipProps) {
  return (
    <span className={cx(chip({ tone }), className)}>
      {Icon !== undefined && <Icon aria-hidden size={13} className="shrink-0" />}
      <span className="truncate">{children}</span>
    </span>
  );
}
