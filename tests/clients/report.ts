import { type Client, type Result, type Scenario, scenarios } from './client.ts';

/** What came of one client: its results, or why it was not run. */
export interface Line {
  readonly client: Client;
  readonly results: readonly Result[] | { readonly why: string };
}

const cell = (results: readonly Result[], scenario: Scenario): string => {
  const result = results.find((one) => one.scenario === scenario);
  if (!result) return '–';
  if (!result.ok) return 'FAILED';
  return result.note ? 'ok*' : 'ok';
};

/** client × scenario, then a paragraph for everything that failed or is odd. */
export function table(lines: readonly Line[]): string {
  const rows = [
    ['', ...scenarios],
    ...lines.map(({ client, results }) => [
      versioned(client),
      ...('why' in results ? ['not run'] : scenarios.map((scenario) => cell(results, scenario))),
    ]),
  ];
  const widths = ['', ...scenarios].map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const drawn = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const remarks = lines.flatMap(({ client, results }) =>
    'why' in results
      ? [`${client.title} was not run: ${results.why}`]
      : results
          .filter(({ note }) => note)
          .map(({ scenario, ok, note }) => `${versioned(client)}, ${scenario}${ok ? '*' : ''}: ${note}`),
  );
  return [...drawn, ...remarks.map((remark) => `\n${remark}`)].join('\n');
}

function versioned({ title, bundles: [own] }: Client): string {
  const [first = ''] = Object.values(own);
  return `${title} ${first}`;
}

/** A client that could not be installed fails the run only where all of them must be there. */
export function passed(lines: readonly Line[], strict: boolean): boolean {
  const ran = lines.filter(({ results }) => !('why' in results));
  if (ran.length === 0 || (strict && ran.length < lines.length)) return false;
  return ran.every(({ results }) => !('why' in results) && results.every(({ ok }) => ok));
}
