import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cx } from '../lib/cx.ts';

const button = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap transition-colors select-none disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
  {
    variants: {
      intent: {
        primary:
          'border-transparent bg-accent text-on-accent not-disabled:hover:bg-[color-mix(in_srgb,var(--color-accent)_88%,var(--color-text))]',
        secondary: 'border-control bg-raised text-text not-disabled:hover:bg-hover',
        danger: 'border-danger bg-raised text-danger not-disabled:hover:bg-danger/10',
        ghost: 'border-transparent bg-transparent text-text not-disabled:hover:bg-hover',
      },
      size: { small: 'h-7 px-2', normal: 'h-8 px-3' },
    },
    defaultVariants: { intent: 'secondary', size: 'normal' },
  },
);

type ButtonProps = ComponentProps<'button'> & VariantProps<typeof button>;

export function Button({ intent, size, className, ...props }: ButtonProps) {
  return <button type="button" className={cx(button({ intent, size }), className)} {...props} />;
}
