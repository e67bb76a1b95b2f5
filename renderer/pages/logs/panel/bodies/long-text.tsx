import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../../lib/cx.ts';
import { hiddenIn, textParts, visibleText } from '../../../../lib/visible-text.ts';

/** Below this the browser lays it out at once. */
const short = 20_000;

interface LongTextProps {
  readonly text: string;
  readonly label: string;
  /** Without a box around it. */
  readonly plain?: boolean;
}

function Parts({ text, label }: LongTextProps) {
  const box = useRef<HTMLDivElement>(null);
  const parts = useMemo(() => textParts(text), [text]);
  // oxlint-disable-next-line react/incompatible-library -- the React compiler, which this concerns, is not used
  const virtual = useVirtualizer({
    count: parts.length,
    getScrollElement: () => box.current,
    estimateSize: () => 600,
    overscan: 1,
  });
  return (
    <section
      ref={box}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className="h-96 overflow-y-auto rounded-control border border-line bg-surface -outline-offset-2"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            ref={virtual.measureElement}
            data-index={index}
            className="code absolute inset-x-0 top-0 px-2 whitespace-pre-wrap wrap-anywhere"
            style={{ transform: `translateY(${start}px)` }}
          >
            {parts[index]}
          </div>
        ))}
      </div>
    </section>
  );
}

/** Text of others: never markup, however long, with its hidden characters in sight. */
export function LongText({ text, label, plain = false }: LongTextProps) {
  const { t } = useTranslation();
  const shown = useMemo(() => visibleText(text), [text]);
  const marks = useMemo(() => hiddenIn(text), [text]);
  return (
    <>
      {shown.length > short ? (
        <Parts text={shown} label={label} />
      ) : (
        <pre
          dir="auto"
          className={cx(
            'code whitespace-pre-wrap wrap-anywhere',
            !plain && 'rounded-control border border-line bg-surface p-2',
          )}
        >
          {shown}
        </pre>
      )}
      {marks > 0 && <p className="mt-1 text-xs text-warning">{t('logs.bodies.hidden', { count: marks })}</p>}
    </>
  );
}
