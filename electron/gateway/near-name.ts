const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

function pairs(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}

/** How much two names have in common, 0 to 1: Dice's coefficient of their pairs of characters. */
function likeness(one: string, other: string): number {
  const [a, b] = [pairs(one), pairs(other)];
  if (a.size + b.size === 0) return 0;
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
}

const least = 0.6;

/** The name that somebody who wrote `asked` may mean: one that continues or begins it, else the most alike. */
export function nearName(asked: string, names: readonly string[]): string | undefined {
  const wanted = plain(asked);
  if (wanted === '') return undefined;
  const known = names.map((name) => ({ name, text: plain(name) }));
  const part = known.find(({ text }) => text !== '' && (text.startsWith(wanted) || wanted.startsWith(text)));
  if (part) return part.name;
  let best: { readonly name: string; readonly score: number } | undefined;
  for (const { name, text } of known) {
    const score = likeness(wanted, text);
    if (score >= least && score > (best?.score ?? 0)) best = { name, score };
  }
  return best?.name;
}
