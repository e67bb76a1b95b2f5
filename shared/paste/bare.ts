const wrapping = new Set('"\'`“”‘’「」[](){}<>');

/** What people copy along with a token: the header's name and scheme, the storage key. Compared without regard to case. */
const labels = ['authorization:', 'authorization=', 'token:', 'token=', 'passport_token_key=', 'bearer'];

/** A loop instead of a regular expression: anchored at the end, those take quadratic time on hostile text. */
function unwrap(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && wrapping.has(text.charAt(from))) from++;
  while (to > from && wrapping.has(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}

/** A value without quotes, brackets and labels. `"token":` keeps its closing quote before the colon, so they are taken off in turns. */
export function bare(piece: string): string {
  let value = unwrap(piece);
  for (let turn = 0; turn < 4; turn++) {
    const start = value.slice(0, 20).toLowerCase().replaceAll('"', '');
    const label = labels.find((candidate) => start.startsWith(candidate));
    if (label === undefined) return value;
    if (label === 'bearer' && start.length > label.length) return value;
    const quotes = value.slice(0, label.length + 1).includes('"') ? 1 : 0;
    value = unwrap(value.slice(label.length + quotes));
  }
  return value;
}
