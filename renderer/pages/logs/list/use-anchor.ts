import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Entry } from '../../../lib/exchange-feed.ts';
import { placeOf } from './log-view.ts';

interface AnchorOptions {
  readonly ref: RefObject<HTMLElement | null>;
  /** Oldest first, shown the other way round. */
  readonly finished: readonly Entry[];
  readonly height: number;
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
}

/**
 * New rows come in at the top. Who follows the newest stays there; for everybody else the row at the top of what they read
 * stays where it is. Scrolling away from the top ends the following, scrolling back begins it anew.
 */
export function useAnchor({ ref, finished, height, follow, onFollow }: AnchorOptions): void {
  /** The row at the top, and how far it is scrolled out. */
  const anchor = useRef<{ seq: number; within: number } | null>(null);
  /** Remembered: to ask for it would have the page laid out with each change. */
  const top = useRef(0);
  const held = useRef({ finished, height, follow, onFollow });
  useLayoutEffect(() => {
    held.current = { finished, height, follow, onFollow };
    const element = ref.current;
    if (element === null) return;
    if (follow) {
      if (top.current !== 0) element.scrollTop = 0;
      return;
    }
    if (anchor.current === null) return;
    const index = finished.length - 1 - placeOf(finished, anchor.current.seq);
    const wanted = Math.max(0, index * height + anchor.current.within);
    if (Math.abs(top.current - wanted) < 1) return;
    top.current = wanted;
    element.scrollTop = wanted;
  }, [ref, finished, height, follow, onFollow]);

  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const onScroll = () => {
      const { finished: rows, height: size, follow: following, onFollow: tell } = held.current;
      top.current = element.scrollTop;
      const entry = rows[rows.length - 1 - Math.floor(top.current / size)];
      anchor.current = entry === undefined ? null : { seq: entry.seq, within: top.current % size };
      const atTop = top.current < 1;
      if (following !== atTop) tell(atTop);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [ref]);
}
