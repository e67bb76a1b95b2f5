/** One line of the list of faults. */
export interface Row {
  readonly id: string;
  readonly priority: 'P0' | 'P1';
  /** What is done. */
  readonly fault: string;
  /** What must be seen. */
  readonly seen: string;
  /** Why no test of this repository shows it. */
  readonly untested?: string;
}

export interface Group {
  readonly letter: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

type Line = readonly [id: string, priority: Row['priority'], fault: string, seen: string, untested?: string];

export function group(letter: string, title: string, lines: readonly Line[]): Group {
  const rows = lines.map(([id, priority, fault, seen, untested]) => ({
    id,
    priority,
    fault,
    seen,
    ...(untested !== undefined && { untested }),
  }));
  return { letter, title, rows };
}
