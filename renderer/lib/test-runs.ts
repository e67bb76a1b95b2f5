import type { RunKind, RunStep, TestRun } from '../../shared/test-runs.ts';
import { call } from './backend.ts';
import { queries } from './queries.ts';

const keyOf = (kind: RunKind) => ['runs', 'current', kind] as const;

export const currentRun = (kind: RunKind) => ({
  queryKey: keyOf(kind),
  queryFn: () => call('runs.current', { kind }),
});

export const runHistory = (kind: RunKind) => ({
  queryKey: ['runs', 'history', kind] as const,
  queryFn: () => call('runs.history', { kind }),
});

const show = (run: TestRun): void => void queries.setQueryData(keyOf(run.kind), run);

/** Shows a run that has just begun; short ones may be over before that is known, so it is read as well. */
export function showRun(run: TestRun): void {
  show(run);
  void queries.invalidateQueries({ queryKey: keyOf(run.kind) });
}

/** Puts changed cells into the run that is shown; a run that is not known is read. */
export function runStepped({ id, kind, status, endedAt, cells }: RunStep): void {
  const known = queries.getQueryData<TestRun | null>(keyOf(kind));
  if (known === undefined) return;
  if (known?.id === id) {
    const changed = new Map(cells.map((cell) => [`${cell.row}\n${cell.column}`, cell]));
    const merged = known.cells.map((cell) => changed.get(`${cell.row}\n${cell.column}`) ?? cell);
    show({ ...known, status, endedAt, cells: merged });
    // What is being read may be older than this step.
    if (queries.isFetching({ queryKey: keyOf(kind) }) > 0) void queries.invalidateQueries({ queryKey: keyOf(kind) });
  } else void queries.invalidateQueries({ queryKey: keyOf(kind) });
  if (endedAt !== null) void queries.invalidateQueries({ queryKey: ['runs', 'history', kind] });
}
