const rounds = 3;

function best(run: (size: number) => void, size: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    run(size);
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

/**
 * How work grows with four times the input, measured in one run: about 4 when it is linear, 16 when it is quadratic. The least
 * of several rounds counts, because noise only ever adds; work below a millisecond says nothing and counts as linear.
 */
export function growth(run: (size: number) => void, size: number): number {
  run(size);
  const [small, large] = [best(run, size), best(run, 4 * size)];
  return large < 1 ? 4 : large / Math.max(small, 0.1);
}

/** Between linear and quadratic, with room for a noisy machine. */
export const linear = 10;
