import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

const tones = {
  warning: 'border-warning/40 bg-warning/8 text-warning',
  danger: 'border-danger/40 bg-danger/8 text-danger',
  info: 'border-info/40 bg-info/8 text-info',
} as const;

interface BannerProps {
  readonly tone: keyof typeof tones;
  readonly icon: LucideIcon;
  readonly action?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Banner({ tone, icon: Icon, action, className, children }: BannerProps) {
  return (
    <div className={cx('flex min-h-9 items-center gap-2 rounded-card border px-3 py-1', tones[tone], className)}>
      <Icon aria-hidden size={16} className="shrink-0" />
      <div className="min-w-0 flex-1 text-text">{children}</div>
      {action}
    </div>
  );
}
