import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CapturedEvent } from '../../../../../shared/capture.ts';
import { useFormat } from '../../../../lib/format.ts';
import { visibleText } from '../../../../lib/visible-text.ts';

const rowHeight = 22;
const shownOfEach = 300;

/** Everything that came, when it came: milliseconds since the request was received. */
export function EventList({ events }: { readonly events: readonly CapturedEvent[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- the React compiler, which this concerns, is not used
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  return (
    <section
      ref={box}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={t('logs.bodies.events')}
      className="max-h-80 overflow-y-auto rounded-control border border-line bg-surface -outline-offset-2"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const event = events[index];
          return (
            event && (
              <div
                key={index}
                className="code absolute inset-x-0 top-0 flex gap-3 px-2 text-xs"
                style={{ transform: `translateY(${start}px)`, height: rowHeight }}
              >
                <span className="w-20 shrink-0 text-right text-muted">{`${format.decimal(event.at)} ms`}</span>
                <span className="w-28 shrink-0 text-info">{event.type}</span>
                <span className="truncate whitespace-pre" title={visibleText(event.text.slice(0, shownOfEach))}>
                  {visibleText(event.text.slice(0, shownOfEach)).replaceAll('\n', '⏎')}
                </span>
              </div>
            )
          );
        })}
      </div>
    </section>
  );
}
