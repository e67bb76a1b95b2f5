/** A table for the terminal: the first column is text, the others are numbers with their unit. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [[title, ...head], ...rows];
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? [];
  console.log('');
  for (const row of all)
    console.log(
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('   '),
    );
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const ratio = (value: number, base: number): string => (value / base).toFixed(2);
