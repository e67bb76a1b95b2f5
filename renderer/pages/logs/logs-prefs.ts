import { createStore, useStore } from '../../lib/store.ts';
import { type ColumnId, columns, densities, type Density } from './list/columns.ts';

/** How this window likes its Logs; kept in this browser. */
export interface LogsPrefs {
  readonly columns: readonly ColumnId[];
  readonly density: Density;
  /** Long and short waterfalls on one scale that both can be seen on. */
  readonly logScale: boolean;
  readonly panelWidth: number;
  /** Ids of exchanges. */
  readonly pinned: readonly string[];
}

const storageKey = 'traygate.logs';
const mostPins = 200;
export const panelWidths = { least: 320, most: 960 } as const;

const usual: LogsPrefs = {
  columns: columns.filter(({ shown }) => shown).map(({ id }) => id),
  density: 'normal',
  logScale: false,
  panelWidth: 480,
  pinned: [],
};

/** What was saved by hand or by another version is taken as far as it is understood. */
export function readPrefs(saved: string | null): LogsPrefs {
  let found: unknown = null;
  try {
    found = JSON.parse(saved ?? 'null');
  } catch {
    // The usual, then.
  }
  if (typeof found !== 'object' || found === null) return usual;
  const get = (name: string): unknown => Reflect.get(found, name);
  const list = (name: string): readonly unknown[] => {
    const value = get(name);
    return Array.isArray(value) ? value : [];
  };
  const shown = columns.filter(({ id }) => list('columns').includes(id)).map(({ id }) => id);
  const width = get('panelWidth');
  return {
    columns: shown.length > 0 ? shown : usual.columns,
    density: densities.find((known) => known === get('density')) ?? usual.density,
    logScale: get('logScale') === true,
    panelWidth: typeof width === 'number' ? clampWidth(width) : usual.panelWidth,
    pinned: list('pinned')
      .filter((id) => typeof id === 'string')
      .slice(0, mostPins),
  };
}

export const clampWidth = (width: number): number =>
  Math.round(Math.min(Math.max(width, panelWidths.least), panelWidths.most));

const stored = (): string | null => {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    // A browser that keeps nothing.
    return null;
  }
};

export const logsPrefs = createStore<LogsPrefs>(readPrefs(typeof localStorage === 'undefined' ? null : stored()));

export const useLogsPrefs = (): LogsPrefs => useStore(logsPrefs);

export function setLogsPrefs(changes: Partial<LogsPrefs>): void {
  logsPrefs.set({ ...logsPrefs.get(), ...changes });
  try {
    localStorage.setItem(storageKey, JSON.stringify(logsPrefs.get()));
  } catch {
    // It lasts as long as the page, then.
  }
}

export function togglePin(id: string): void {
  const { pinned } = logsPrefs.get();
  setLogsPrefs({
    pinned: pinned.includes(id) ? pinned.filter((known) => known !== id) : [id, ...pinned].slice(0, mostPins),
  });
}
