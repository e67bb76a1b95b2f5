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

interface WaterfallProps {
  readonly segments: readonly Segment[];
  /** Milliseconds that fill the whole width. */
  readonly scale: number;
  /** Shows short and long ones on one scale. */
  readonly logScale?: boolean;
  readonly className?: string;
}

/** A picture of what the other columns say in numbers. */
export function Waterfall({ segments, scale, logScale = false, className }: WaterfallProps) {
  const place = (ms: number): number => {
    const share = logScale ? Math.log1p(ms / 10) / Math.log1p(scale / 10) : ms / scale;
    return Math.min(100, Math.max(0, share * 100));
  };
  return (
    <span aria-hidden className={cx('keep-fill relative block overflow-hidden rounded-[2px] bg-hover', className)}>
      {segments.map(({ kind, from, to }) => (
        <span
          key={`${kind}-${from}`}
          data-segment={kind}
          className={cx('absolute inset-y-0 min-w-px', segmentFill[kind])}
          style={{ left: `${place(from)}%`, width: `${place(to) - place(from)}%` }}
        />
      ))}
    </span>
  );
}
