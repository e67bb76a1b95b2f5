import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

interface TipProps {
  readonly label: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom';
  readonly disabled?: boolean;
  readonly children: ReactElement;
}

/** Repeats or adds to what is already there; never the only place for something. */
export function Tip({ label, side = 'top', disabled = false, children }: TipProps) {
  return (
    <Tooltip.Root disabled={disabled}>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className="z-50">
          <Tooltip.Popup className="max-w-80 rounded-control border border-line bg-raised px-2 py-1 text-xs text-text shadow-float">
            {label}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
