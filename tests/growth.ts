const rounds = 3;

/** Milliseconds by some clock. */
type Clock = () => number;

const clock: Clock = () => performance.now();

/** Processor time of this thread, which other programs hardly change. It may move in steps of some four milliseconds. */
const processor: Clock = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
/** Enough for those steps not to matter. */
const enough = 16;

function best(run: () => void, count: number, now: Clock): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = now();
    for (let at = 0; at < count; at++) run();
    least = Math.min(least, now() - started);
  }
  return least;
}

/** How often the work is to be done to be seen in processor time. */
function often(run: () => void): number {
  const started = processor();
  for (let count = 1; ; count++) {
    run();
    if (processor() - started >= enough || count === 2_000) return count;
  }
}

/** Between linear and quadratic, with room for a noisy machine. */
export const linear = 12;

/** How much more work each repeat measures. */
const larger = [1, 1, 2, 4];

/**
 * How work grows with four times the input, measured in one run: about 4 when it is linear, 16 when it is quadratic. The least
 * of several rounds counts. What looks like too much by the clock, as all does on a machine that does ten other things, is
 * measured in processor time, which takes longer, and for larger sizes: a step, such as memory that is not young any more, is
 * left behind there, and what is quadratic stays so. Work below a millisecond says nothing and counts as linear.
 */
export function growth(run: (size: number) => void, size: number): number {
  run(size);
  const four = best(() => run(4 * size), 1, clock);
  let least =
    four < 1
      ? 4
      : four /
        Math.max(
          best(() => run(size), 1, clock),
          0.1,
        );
  for (const times of larger) {
    if (least < linear) break;
    const small = () => run(times * size);
    const count = often(small);
    const large = () => run(4 * times * size);
    least = Math.min(least, best(large, count, processor) / Math.max(best(small, count, processor), 1));
  }
  return least;
}
