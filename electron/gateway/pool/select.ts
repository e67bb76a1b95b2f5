export const strategies = ['round-robin', 'least-in-flight', 'weighted', 'priority'] as const;
export type Strategy = (typeof strategies)[number];

/** What the choice among credentials depends on. */
export interface Candidate {
  /** Degraded ones come after all healthy ones. */
  readonly degraded: boolean;
  readonly inFlight: number;
  /** Position in the order of use: the lowest was used longest ago. */
  readonly turn: number;
  /** How much it has been used, measured by its weight. */
  readonly share: number;
  /** 1 is the first tier; the next one is used when nobody of it is free. */
  readonly priority: number;
}

type Compare = (a: Candidate, b: Candidate) => number;

const byTurn: Compare = (a, b) => a.turn - b.turn;
const compare: Readonly<Record<Strategy, Compare>> = {
  'round-robin': byTurn,
  'least-in-flight': (a, b) => a.inFlight - b.inFlight || byTurn(a, b),
  weighted: (a, b) => a.share - b.share || byTurn(a, b),
  priority: (a, b) => a.priority - b.priority || byTurn(a, b),
};

/** Whether `a` is to be used before `b`. */
export function goesBefore(strategy: Strategy, a: Candidate, b: Candidate): boolean {
  if (a.degraded !== b.degraded) return b.degraded;
  return compare[strategy](a, b) < 0;
}
