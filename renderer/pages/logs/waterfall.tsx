import { cx } from '../../lib/cx.ts';
import type { Segment, SegmentKind } from './timeline.ts';

export const segmentFill: Record<SegmentKind, string> = {
  queue: 'bg-control/50',
  between: 'bg-control/50',
  connect: 'bg-guest',
  wait: 'bg-info/60',
  stream: 'bg-success',
  failed: 'bg-danger',
};

const percent = (value: number, scale: number): string => `${Math.min(100, (value / scale) * 100)}%`;

interface WaterfallProps {
  readonly segments: readonly Segment[];
  /** Milliseconds that fill the whole width. */
  readonly scale: number;
  readonly className?: string;
}

/** A picture of what the other columns say in numbers. */
export function Waterfall({ segments, scale, className }: WaterfallProps) {
  return (
    <span aria-hidden className={cx('keep-fill relative block overflow-hidden rounded-[2px] bg-hover', className)}>
      {segments.map(({ kind, from, to }) => (
        <span
          key={`${kind}-${from}`}
          className={cx('absolute inset-y-0 min-w-px', segmentFill[kind])}
          style={{ left: percent(from, scale), width: percent(to - from, scale) }}
        />
      ))}
    </span>
  );
}
