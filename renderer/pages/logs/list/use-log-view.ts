import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Exchange } from '../../../../shared/exchange.ts';
import { exchangeFeed } from '../../../lib/exchange-feed.ts';
import { keeps, slowerThanMost, type Slow } from '../filter/logs-filter.ts';
import { useLogsPrefs } from '../logs-prefs.ts';
import type { LogsSearch } from '../logs-search.ts';
import { LogView, type Shown } from './log-view.ts';

/** How often `15m` and such begin anew, and what is slow is measured again. */
const renewMs = 30_000;

/** The rows that are held, newest first. */
export function* newestRows(): Generator<Exchange> {
  const { entries } = exchangeFeed;
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at];
    if (entry) yield entry.row;
  }
}

export interface LogRows extends Shown {
  readonly slow: Slow;
  readonly pause: (paused: boolean) => void;
}

/** The rows that are to be shown, and how they are held. */
export function useLogView({ view, q, range, checks }: LogsSearch): LogRows {
  const [log] = useState(() => new LogView(exchangeFeed));
  const [now, setNow] = useState(() => Date.now());
  const { pinned } = useLogsPrefs();
  // oxlint-disable-next-line react/exhaustive-deps -- measured when it is asked for, not with each row
  const slow = useMemo(() => slowerThanMost(newestRows()), [view, now]);
  const needsTime = view === 'slow' || range !== undefined;

  useEffect(() => log.start(), [log]);
  useEffect(() => {
    if (!needsTime) return undefined;
    const timer = setInterval(() => setNow(Date.now()), renewMs);
    return () => clearInterval(timer);
  }, [needsTime]);
  useEffect(() => {
    const search = {
      ...(view && { view }),
      ...(q !== undefined && { q }),
      ...(range && { range }),
      ...(checks && { checks }),
    };
    log.filter(keeps(search, { slow: slow.ms, now, pinned: new Set(pinned) }));
  }, [log, view, q, range, checks, slow.ms, now, pinned]);

  const shown = useSyncExternalStore(log.subscribe, log.shown);
  return { ...shown, slow, pause: (paused) => log.pause(paused) };
}
