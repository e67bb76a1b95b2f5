/** Where a key leads in a list of `count` rows, from row `at` (-1: none yet); null for keys that do not move. */
export function nextIndex(key: string, at: number, count: number, page: number): number | null {
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  };
  const wanted = moves[key];
  return wanted === undefined || count === 0 ? null : Math.min(Math.max(wanted, 0), count - 1);
}
