/** Says whether something may be told again: once in so long for each key. */
export function limits(clock: () => number): (key: string, everyMs: number) => boolean {
  const told = new Map<string, number>();
  return (key, everyMs) => {
    const now = clock();
    const last = told.get(key);
    if (last !== undefined && now - last < everyMs) return false;
    told.set(key, now);
    return true;
  };
}
