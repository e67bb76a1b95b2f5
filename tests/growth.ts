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

/** Between linear and quadratic, with room for a noisy machine. */
export const linear = 10;

const tries = 5;

/**
 * How work grows with four times the input, measured in one run: about 4 when it is linear, 16 when it is quadratic. The least
 * of several rounds counts, and all is done again while that looks too much: noise only ever adds, and what is quadratic is so
 * each time. Work below a millisecond says nothing and counts as linear.
 */
export function growth(run: (size: number) => void, size: number): number {
  run(size);
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < tries && least >= linear; at++) {
    const [small, large] = [best(run, size), best(run, 4 * size)];
    least = Math.min(least, large < 1 ? 4 : large / Math.max(small, 0.1));
  }
  return least;
}
