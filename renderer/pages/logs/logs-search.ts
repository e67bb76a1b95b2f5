export const logsViews = ['all', 'active', 'errors', 'slow', 'retried', 'cancelled', 'tests'] as const;
export type LogsView = (typeof logsViews)[number];

export const logsRanges = ['15m', '1h', '24h', '7d'] as const;
export type LogsRange = (typeof logsRanges)[number];

export const panelTabs = ['overview', 'attempts', 'request', 'response', 'error'] as const;
export type PanelTab = (typeof panelTabs)[number];

/** In the address, so that a filtered list can be linked to. */
export interface LogsSearch {
  view?: LogsView;
  q?: string;
  range?: LogsRange;
  /** Without Traygate's own requests: checks, tests and replays. */
  checks?: 'hidden';
  /** What the panel shows. */
  pane?: PanelTab;
}

export function readLogsSearch(search: Record<string, unknown>): LogsSearch {
  const view = logsViews.find((known) => known === search['view']);
  const range = logsRanges.find((known) => known === search['range']);
  const pane = panelTabs.find((known) => known === search['pane']);
  // The router reads what looks like a number as one, e.g. a status.
  const typed = search['q'];
  const q = typeof typed === 'number' ? String(typed) : typed;
  return {
    ...(view === undefined || view === 'all' ? {} : { view }),
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(range === undefined ? {} : { range }),
    ...(search['checks'] === 'hidden' ? { checks: 'hidden' } : {}),
    ...(pane === undefined || pane === 'overview' ? {} : { pane }),
  };
}
