/** How a text is laid out, so that what is added looks like the rest. */
export const lineEnd = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** What one level is indented by: as in the first indented line. */
export const indentUnit = (text: string): string => {
  const first = /^([ \t]+)[^\s/*#]/m.exec(text)?.[1];
  if (first === undefined) return '  ';
  return first.startsWith('\t') ? '\t' : first;
};

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

export const indentAt = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';

/** Takes a range out; lines that would be left blank by that go with it. */
export function cut(text: string, from: number, to: number): string {
  const start = lineStart(text, from);
  const after = /^[ \t]*(\r?\n|$)/.exec(text.slice(to));
  if (text.slice(start, from).trim() !== '' || !after) return text.slice(0, from) + text.slice(to);
  const end = to + after[0].length;
  // The last line has no line end of its own, so the one before it goes.
  if (after[1] === '' && start > 0) return text.slice(0, start).replace(/\r?\n$/, '') + text.slice(end);
  return text.slice(0, start) + text.slice(end);
}
