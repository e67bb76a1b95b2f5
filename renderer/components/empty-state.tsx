import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly testId: string;
  readonly children?: ReactNode;
}

export function EmptyState({ icon: Icon, title, testId, children }: EmptyStateProps) {
  return (
    <div data-testid={testId} className="flex flex-col items-center gap-3 px-4 py-12 text-center">
      <Icon aria-hidden size={28} className="text-control" />
      <p className="max-w-md text-base font-medium">{title}</p>
      {children}
    </div>
  );
}
