export const logsViews = ['all', 'active', 'errors', 'retried', 'cancelled', 'tests'] as const;
export type LogsView = (typeof logsViews)[number];

/** In the address, so that a filtered list can be linked to. */
export interface LogsSearch {
  view?: LogsView;
  q?: string;
  /** Without Traygate's own checks. */
  checks?: 'hidden';
}

export function readLogsSearch(search: Record<string, unknown>): LogsSearch {
  const view = logsViews.find((known) => known === search['view']);
  // The router reads what looks like a number as one, e.g. a status.
  const typed = search['q'];
  const q = typeof typed === 'number' ? String(typed) : typed;
  return {
    ...(view === undefined || view === 'all' ? {} : { view }),
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(search['checks'] === 'hidden' ? { checks: 'hidden' } : {}),
  };
}
