/** The little language of `local/script`. A client may wrap the prompt in any other text; what is no directive is skipped. */
export type Step =
  | { readonly type: 'call'; readonly name: string; readonly arguments: string }
  | { readonly type: 'think'; readonly text: string }
  | { readonly type: 'recall' }
  | { readonly type: 'text'; readonly text: string; readonly times: number }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'error'; readonly status: number }
  | { readonly type: 'cut'; readonly after: number };

/** Bounds of one script; more is cut off, so that a prompt cannot keep the gateway busy. */
export const limits = { directives: 100, characters: 100_000, waitMs: 60_000 } as const;

interface Read {
  readonly step: Step;
  /** Where the directive ends in the text. */
  readonly end: number;
}
type Reader = (text: string, start: number) => Read | undefined;

/**
 * The end of the JSON object that opens at `start`, or -1 when its braces do not close within the bound.
 * Braces inside strings do not count; that is all it knows of JSON, so a broken object can be sent on purpose.
 */
export function objectEnd(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  const stop = Math.min(text.length, start + limits.characters);
  for (let at = start; at < stop; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function match(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

const readCall: Reader = (text, start) => {
  // A name at the end of a sentence does not take the full stop with it.
  const name = match(/[\w.:/-]{0,199}\w/y, text, start)?.[0];
  if (!name) return undefined;
  const end = start + name.length;
  const open = end + (match(/\s{0,16}(?=\{)/y, text, end)?.[0].length ?? 0);
  const close = text[open] === '{' ? objectEnd(text, open) : -1;
  const step = { type: 'call', name, arguments: close < 0 ? '{}' : text.slice(open, close) } as const;
  return { step, end: close < 0 ? end : close };
};

/** The rest of the line, without the closing tag a client has put after the prompt. */
function restOfLine(text: string, start: number): { line: string; end: number } {
  const found = match(/[^\r\n]*/y, text, start)?.[0] ?? '';
  const line = found.slice(0, limits.characters).replace(/(?:<\/[\w:-]{1,100}>\s{0,16}){1,16}$/, '');
  return { line: line.trim(), end: start + found.length };
}

const readThink: Reader = (text, start) => {
  const { line, end } = restOfLine(text, start);
  return line ? { step: { type: 'think', text: line }, end } : undefined;
};

const readRepeat: Reader = (text, start) => {
  const count = match(/(\d{1,9})[ \t]+/y, text, start);
  if (!count) return undefined;
  const { line, end } = restOfLine(text, start + count[0].length);
  return line ? { step: { type: 'text', text: line, times: Number(count[1]) }, end } : undefined;
};

function numberReader(make: (value: number) => Step | undefined): Reader {
  return (text, start) => {
    const digits = match(/\d{1,9}(?![\w.])/y, text, start)?.[0] ?? match(/\d{1,9}(?=\.(?:\s|$))/y, text, start)?.[0];
    const step = digits === undefined ? undefined : make(Number(digits));
    return step && digits !== undefined ? { step, end: start + digits.length } : undefined;
  };
}

const readers: Readonly<Record<string, Reader>> = {
  CALL_TOOL: readCall,
  RECALL: (_text, start) => ({ step: { type: 'recall' }, end: start }),
  THINK: readThink,
  REPEAT: readRepeat,
  WAIT: numberReader((ms) => ({ type: 'wait', ms })),
  ERROR: numberReader((status) => (status >= 400 && status <= 599 ? { type: 'error', status } : undefined)),
  CUT: numberReader((after) => ({ type: 'cut', after })),
};

/** All directives in their order. Linear in the text: every directive reads on from where the last one ended. */
export function readDirectives(text: string): Step[] {
  const steps: Step[] = [];
  const keyword = /(?<!\w)(?:(CALL_TOOL|THINK|REPEAT|WAIT|ERROR|CUT)[ \t]+|(RECALL)(?!\w))/g;
  for (let found = keyword.exec(text); found && steps.length < limits.directives; found = keyword.exec(text)) {
    const read = readers[found[1] ?? found[2] ?? '']?.(text, keyword.lastIndex);
    if (!read) continue;
    steps.push(read.step);
    keyword.lastIndex = read.end;
  }
  return steps;
}
