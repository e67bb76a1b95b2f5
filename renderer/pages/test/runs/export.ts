import type { RunCell, TestRun } from '../../../../shared/test-runs.ts';

/** Exports are not translated: they are for issues, tables and scripts. */
const marks: Readonly<Record<RunCell['state'], string>> = {
  ok: '✓',
  failed: '✕',
  skipped: '–',
  running: '…',
  waiting: '…',
};

export function cellText({ state, ms, code }: RunCell): string {
  if (state === 'ok') return ms === null ? '✓' : `✓ ${Math.round(ms)} ms`;
  return state === 'failed' ? `✕ ${code ?? ''}`.trim() : marks[state];
}

/** Rows with the cells of each, in the order of the columns. */
export function table({ rows, columns, cells }: TestRun) {
  const at = new Map(cells.map((cell) => [`${cell.row}\n${cell.column}`, cell]));
  return rows.map((row) => ({ row, cells: columns.map((column) => at.get(`${row.id}\n${column}`)) }));
}

const plain = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');

export function toMarkdown(run: TestRun): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  const lines = table(run).map(({ row, cells }) =>
    line([row.id, ...cells.map((cell) => (cell ? cellText(cell) : ''))]),
  );
  return [line(['Model', ...run.columns]), line(['---', ...run.columns.map(() => '---')]), ...lines, ''].join('\n');
}

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
const csv = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export function toCsv(run: TestRun): string {
  const lines = run.cells.map(({ row, column, state, ms, firstTokenMs, code, exchangeId }) =>
    [row, column, state, ms ?? '', firstTokenMs ?? '', code ?? '', exchangeId ?? ''].map(String).map(csv).join(','),
  );
  return ['row,check,state,ms,first_token_ms,code,request_id', ...lines, ''].join('\r\n');
}

export const toJson = (run: TestRun): string => `${JSON.stringify(run, null, 2)}\n`;
