/** Whether a name fits a pattern in which `*` stands for anything; case does not matter. Linear in the name for each `*`. */
export function fits(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head) || text.length < head.length + tail.length || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > text.length - tail.length) return false;
    at = found + piece.length;
  }
  return true;
}
