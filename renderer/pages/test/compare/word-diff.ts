export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Above this many cells the table is made of lines, and above that the texts count as different altogether. */
const mostCells = 4_000_000;

const split = (text: string, by: RegExp): string[] => text.match(by) ?? [];
/** Words with the blanks behind them; each Chinese or Japanese character is a word. */
const words = (text: string) =>
  split(text, /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+\s*|\s+/gu);
const lines = (text: string) => split(text, /[^\n]*\n|[^\n]+/gu);

/** What was added and removed from one text to the other: the longest common sequence of their words. */
export function wordDiff(before: string, after: string): Piece[] {
  for (const cut of [words, lines]) {
    const [a, b] = [cut(before), cut(after)];
    if ((a.length + 1) * (b.length + 1) <= mostCells) return joined(walk(a, b));
  }
  return joined([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]);
}

function walk(a: readonly string[], b: readonly string[]): Piece[] {
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && one === other) {
      pieces.push({ kind: 'same', text: one });
      i++;
      j++;
    } else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: 'removed', text: one });
      i++;
    } else {
      pieces.push({ kind: 'added', text: other ?? '' });
      j++;
    }
  }
  return pieces;
}

/** Neighbours of one kind become one piece. */
function joined(pieces: readonly Piece[]): Piece[] {
  const all: { kind: Piece['kind']; texts: string[] }[] = [];
  for (const { kind, text } of pieces) {
    const last = all.at(-1);
    if (last?.kind === kind) last.texts.push(text);
    else all.push({ kind, texts: [text] });
  }
  return all.map(({ kind, texts }) => ({ kind, text: texts.join('') })).filter(({ text }) => text !== '');
}
