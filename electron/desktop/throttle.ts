/** Lets so many pass in a second, and a heap of them after a pause. */
export function throttle(
  perSecond: number,
  heap: number,
  clock: () => number = () => performance.now(),
): () => boolean {
  let left = heap;
  let at = clock();
  return () => {
    const now = clock();
    left = Math.min(heap, left + ((now - at) * perSecond) / 1_000);
    at = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
