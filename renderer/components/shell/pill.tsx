import type { ComponentProps } from 'react';
import { cx } from '../../lib/cx.ts';

export const pillClass =
  'inline-flex h-7 min-w-7 items-center justify-center gap-1.5 rounded-control px-2 whitespace-nowrap transition-colors hover:bg-hover [&>svg]:shrink-0';

export function Pill({ className, ...props }: ComponentProps<'button'>) {
  return <button type="button" className={cx(pillClass, className)} {...props} />;
}
