import { type RefObject, useLayoutEffect, useState } from 'react';

export interface Sight {
  /** Indexes of the rows to be drawn; `end` is the first that is not. */
  readonly first: number;
  readonly end: number;
  /** Scrolls as little as it takes to see this row. */
  readonly show: (index: number) => void;
}

interface SightOptions {
  readonly ref: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly height: number;
  /** Pixels that what stands above the rows covers. */
  readonly above: number;
}

/** Rows drawn beyond the edge, so that scrolling finds them there. */
const beyond = 8;
/** The range changes in such steps: not with every row that is scrolled by. */
const step = 4;

/**
 * Which rows of the same height can be seen. Counted, not measured one by one: with 50,000 rows that change ten times a second
 * a list of their places would be most of the work. The page is only asked for its layout when it has scrolled or changed size.
 */
export function useRowsInSight({ ref, count, height, above }: SightOptions): Sight {
  const [place, setPlace] = useState({ top: 0, rows: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    let tall = element.clientHeight;
    const look = () => {
      const top = Math.floor(element.scrollTop / height / step) * step;
      const rows = Math.ceil(tall / height) + step;
      setPlace((known) => (known.top === top && known.rows === rows ? known : { top, rows }));
    };
    look();
    const resized = new ResizeObserver(([entry]) => {
      tall = entry?.contentRect.height ?? tall;
      look();
    });
    resized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [ref, height]);
  return {
    first: Math.min(Math.max(0, place.top - beyond), count),
    end: Math.min(count, place.top + place.rows + beyond),
    show(index) {
      const element = ref.current;
      if (element === null) return;
      const top = index * height;
      if (top < element.scrollTop) element.scrollTop = top;
      const hidden = top + height + above - element.clientHeight;
      if (hidden > element.scrollTop) element.scrollTop = hidden;
    },
  };
}
