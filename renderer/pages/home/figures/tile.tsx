import type { ReactNode } from 'react';
import { Sparkline } from './sparkline.tsx';

interface TileProps {
  readonly name: string;
  readonly value: ReactNode;
  readonly note: ReactNode;
  readonly course: readonly (number | null)[];
  readonly alarming?: boolean;
}

export function Tile({ name, value, note, course, alarming = false }: TileProps) {
  return (
    <div className="flex min-w-0 flex-col rounded-card border border-line bg-surface px-3 pt-2 pb-1.5">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className={`text-lg font-semibold sm:text-xl ${alarming ? 'text-danger' : ''}`}>{value}</dd>
      <dd className="min-h-4 text-xs text-muted">{note}</dd>
      <dd className="mt-auto pt-1">
        <Sparkline values={course} />
      </dd>
    </div>
  );
}
