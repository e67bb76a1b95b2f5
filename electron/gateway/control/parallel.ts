const atOnce = 5;

/** Runs `work` on each item, at most five at a time; what has not begun when the signal is aborted never begins. */
export async function inParallel<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of queue) {
        if (signal.aborted) return;
        await work(item);
      }
    }),
  );
}
