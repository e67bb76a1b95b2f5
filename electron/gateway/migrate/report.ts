/** What became of one thing of the old server. */
export const outcomes = [
  'taken over',
  'already so',
  'kept',
  'environment',
  'no meaning',
  'refused',
  'added',
  'guest',
  'duplicate',
  'not read',
] as const;
export type Outcome = (typeof outcomes)[number];

/** A line of the report. It never holds a token, a key or a password. */
export interface Line {
  /** A variable, or a token's place and fingerprint. */
  readonly subject: string;
  readonly outcome: Outcome;
  readonly text: string;
}

export const lineOf = (subject: string, told: Omit<Line, 'subject'>): Line => ({ subject, ...told });

export interface Part {
  readonly title: string;
  readonly lines: readonly Line[];
}

const widest = 34;

/** The report as text: parts with aligned lines, and a last line that sums it up. */
export function reportText(parts: readonly Part[]): string {
  const shown = parts.filter(({ lines }) => lines.length > 0);
  const width = Math.min(
    widest,
    Math.max(0, ...shown.flatMap(({ lines }) => lines.map((line) => line.subject.length))),
  );
  const told = shown.flatMap(({ title, lines }) => [
    title,
    ...lines.map(({ subject, outcome, text }) =>
      `  ${subject.padEnd(width)}  ${outcome.padEnd(10)}  ${text}`.trimEnd(),
    ),
    '',
  ]);
  return [...told, summary(shown.flatMap(({ lines }) => lines)), ''].join('\n');
}

/** How often each outcome was met, in the order of `outcomes`. */
function summary(lines: readonly Line[]): string {
  const counts = outcomes.flatMap((outcome) => {
    const count = lines.filter((line) => line.outcome === outcome).length;
    return count === 0 ? [] : [`${outcome} ${count}`];
  });
  return counts.length === 0 ? 'Nothing was found.' : `${counts.join(', ')}.`;
}
