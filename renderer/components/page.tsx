import { type ReactNode, useEffect } from 'react';
import { cx } from '../lib/cx.ts';
import { HelpLink } from './help-link.tsx';

interface PageProps {
  readonly title: string;
  readonly actions?: ReactNode;
  /** A page with its own scrolling lists fills the height instead of growing. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, actions, fill = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} – Traygate`;
  }, [title]);
  return (
    <div
      className={cx(
        'mx-auto flex w-full max-w-[1440px] flex-col gap-4 p-4 lg:p-6',
        fill && 'h-full min-h-0 pb-0 lg:pb-0',
      )}
    >
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        <div className="mr-auto flex items-center gap-1">
          <h1 className="text-xl font-semibold">{title}</h1>
          <HelpLink title={title} />
        </div>
        {actions}
      </div>
      {children}
    </div>
  );
}
