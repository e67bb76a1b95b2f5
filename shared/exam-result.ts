import type { TestRun } from './test-runs.ts';

/** What the exam says of one model: the right answers in each mode that was tried, and which mode to take. */
export interface ExamResult {
  readonly provider: string;
  readonly model: string;
  readonly scores: { readonly native?: Score; readonly injected?: Score };
  readonly usual: 'native' | 'injected' | null;
  /** Null while nothing speaks for a change. */
  readonly suggested: 'native' | 'injected' | null;
}
export interface Score {
  readonly right: number;
  /** Questions that were answered, rightly or not. */
  readonly asked: number;
}

export const badges = ['excellent', 'good', 'partial', 'poor'] as const;
export type Badge = (typeof badges)[number];

/** All right, four of five, half, or less. */
export function badgeOf({ right, asked }: Score): Badge | null {
  if (asked === 0) return null;
  if (right === asked) return 'excellent';
  if (right / asked >= 0.8) return 'good';
  return right / asked >= 0.5 ? 'partial' : 'poor';
}

/** The results of an exam that has ended, one for each model. */
export function examResults(run: TestRun): ExamResult[] {
  const results = new Map<string, ExamResult>();
  for (const row of run.rows) {
    if (row.mode === null) continue;
    const cells = run.cells.filter((cell) => cell.row === row.id);
    const right = cells.filter(({ state }) => state === 'ok').length;
    const asked = right + cells.filter(({ state }) => state === 'failed').length;
    const key = `${row.provider}/${row.model}`;
    const known = results.get(key)?.scores ?? {};
    const { provider, model, usual } = row;
    const scores = { ...known, [row.mode]: { right, asked } };
    results.set(key, { provider, model, scores, usual, suggested: suggestedOf(scores) });
  }
  return [...results.values()];
}

/** The better one; native where both are equal, since it costs no words. Needs both, all questions answered. */
function suggestedOf({ native, injected }: ExamResult['scores']): ExamResult['suggested'] {
  if (!native || !injected || native.asked === 0 || native.asked !== injected.asked) return null;
  if (native.right === 0 && injected.right === 0) return null;
  return injected.right > native.right ? 'injected' : 'native';
}
