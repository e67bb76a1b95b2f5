import { useId } from 'react';
import type { ChartSeries } from './chart.ts';
import { fillSize, strokesOf } from './fill.ts';

interface SwatchProps {
  readonly series: Pick<ChartSeries, 'colour' | 'fill' | 'dash'>;
  readonly kind: 'bars' | 'lines';
}

/** How a series looks in the chart. */
export function Swatch({ series: { colour, fill, dash }, kind }: SwatchProps) {
  const id = useId();
  const paint = `var(--${colour})`;
  if (kind === 'lines')
    return (
      <svg aria-hidden width="22" height="8" className="keep-fill shrink-0">
        <line x1="0" x2="22" y1="4" y2="4" stroke={paint} strokeWidth="2" strokeDasharray={dash.join(' ')} />
      </svg>
    );
  return (
    <svg aria-hidden width="12" height="12" className="keep-fill shrink-0">
      {fill !== 'solid' && (
        <pattern id={id} width={fillSize} height={fillSize} patternUnits="userSpaceOnUse">
          <rect width={fillSize} height={fillSize} fill={paint} opacity="0.22" />
          <path
            d={strokesOf[fill]}
            fill={fill === 'dots' ? paint : 'none'}
            stroke={fill === 'dots' ? 'none' : paint}
            strokeWidth="1.4"
          />
        </pattern>
      )}
      <rect
        x="0.5"
        y="0.5"
        width="11"
        height="11"
        rx="1.5"
        fill={fill === 'solid' ? paint : `url(#${id})`}
        stroke={paint}
      />
    </svg>
  );
}
