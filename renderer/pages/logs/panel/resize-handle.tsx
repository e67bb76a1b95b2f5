import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { clampWidth, panelWidths, setLogsPrefs, useLogsPrefs } from '../logs-prefs.ts';

const stepPx = 24;

/** Between the list and the panel: dragged, or moved with the arrow keys. */
export function ResizeHandle() {
  const { t } = useTranslation();
  const { panelWidth } = useLogsPrefs();
  const from = useRef<{ x: number; width: number } | null>(null);
  const set = (width: number) => setLogsPrefs({ panelWidth: clampWidth(width) });
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width: panelWidth };
  };
  const onPointerMove = ({ clientX }: PointerEvent) => {
    if (from.current !== null) set(from.current.width + from.current.x - clientX);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: stepPx, ArrowRight: -stepPx }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(panelWidth + by);
  };
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a rule between texts is not one that can be moved
      role="separator"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a separator that moves has the focus
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('logs.panel.resize')}
      aria-valuenow={panelWidth}
      aria-valuemin={panelWidths.least}
      aria-valuemax={panelWidths.most}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (from.current = null)}
      onKeyDown={onKeyDown}
      className="w-1.5 shrink-0 cursor-col-resize touch-none border-l border-line bg-surface hover:bg-hover max-lg:hidden"
    />
  );
}
