/**
 * `npm run soak -- --minutes 10`: fifty streams at all times, one in ten left by its client, two in a hundred broken by the
 * service. In the end memory, files, sockets and timers must be where they were, and every error must have its reason.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { helpIfAsked } from '../help.ts';
import { adminPassword, startProduct } from '../faults/harness/start.ts';
import { type Figures, figuresOf, quantile, slope } from './figures.ts';
import { startLoad } from './load.ts';

helpIfAsked(`
npm run soak [-- --minutes 10 --streams 50]

Streams at all times, one in ten left by its client, two in a hundred broken by the service. In the end memory, files, sockets
and timers must be where they were, and every error must have its reason.`);
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, streams: { type: 'string', default: '50' } },
});
const minutes = Number(values.minutes);
const streams = Number(values.streams);
if (!(minutes >= 0.5 && streams >= 1)) {
  console.error('npm run soak -- --minutes 10 --streams 50');
  process.exit(64);
}

/** What may be left when all is quiet again: what Node keeps for a while. */
const slack = { files: 5, sockets: 3, timers: 5 } as const;
const round = (value: number): number => Math.round(value * 10) / 10;

const begun = performance.now();
const product = await startProduct();
const look = () => figuresOf(product, adminPassword, begun);
const problems: string[] = [];
try {
  await sleep(3_000);
  const idle = await look();
  const load = await startLoad(product, streams);
  const seen: Figures[] = [];
  const stopAt = performance.now() + minutes * 60_000;
  for (let next = 0; performance.now() < stopAt;) {
    await sleep(2_000);
    const now = await look();
    seen.push(now);
    if (now.at < next) continue;
    next = now.at + Math.max(minutes / 10, 0.5);
    console.log(
      `${now.at.toFixed(1)} min: ${round(now.rss)} MB, heap ${round(now.heap)} MB, ${now.files} files, ${now.sockets} sockets, ${now.timers} timers, ${load.ends.ok} answers`,
    );
  }
  await load.stop();
  const { ok, left, told, helped, unexplained } = load.ends;

  // Connections to providers are kept for ten seconds, those of clients for sixty-five.
  await sleep(15_000);
  const after = await look();

  // The first fifth warms up: code is compiled, caches fill. The lowest of each tenth is what is in use after a collection.
  const warm = seen.filter(({ at }) => at - (seen[0]?.at ?? 0) >= minutes / 5);
  const tenths = Array.from({ length: 8 }, (_, tenth) =>
    warm.slice((tenth * warm.length) / 8, ((tenth + 1) * warm.length) / 8),
  ).filter((part) => part.length > 0);
  const floor = (of: (figures: Figures) => number) =>
    tenths.map(
      (part) =>
        [
          quantile(
            part.map(({ at }) => at),
            0.5,
          ),
          Math.min(...part.map(of)),
        ] as const,
    );
  const heapFloor = floor(({ heap }) => heap);
  const heapGrowth = (heapFloor.at(-1)?.[1] ?? 0) - (heapFloor[0]?.[1] ?? 0);
  const half = Math.floor(warm.length / 2);
  const rssGrowth =
    quantile(warm.slice(half).map(({ rss }) => rss), 0.5) - quantile(warm.slice(0, half).map(({ rss }) => rss), 0.5); // prettier-ignore

  console.log(`
${minutes} minutes, ${streams} streams at all times
  answers          ${ok} whole, ${left} left by their client, ${helped} saved by another attempt, ${told} ended by an error that was told
  unexplained      ${unexplained.length}
  memory           ${round(
    quantile(
      warm.map(({ rss }) => rss),
      0.5,
    ),
  )} MB in the middle, ${round(Math.max(...seen.map(({ rss }) => rss)))} MB at most; second half against first ${round(rssGrowth)} MB
  heap in use      ${heapFloor.map(([, value]) => round(value)).join(', ')} MB; ${round(slope(heapFloor))} MB per hour
  event loop p99   ${round(
    quantile(
      warm.map(({ lagP99Ms }) => lagP99Ms),
      0.5,
    ),
  )} ms
  when idle        before: ${round(idle.rss)} MB, ${idle.files} files, ${idle.sockets} sockets, ${idle.timers} timers
                   after:  ${round(after.rss)} MB, ${after.files} files, ${after.sockets} sockets, ${after.timers} timers`);
  for (const what of ['files', 'sockets', 'timers'] as const)
    if (after[what] > idle[what] + slack[what]) problems.push(`${what}: ${idle[what]} before, ${after[what]} after`);
  // Half a percent each minute, or what a collection more or less makes.
  if (heapGrowth > Math.max(6, 0.005 * minutes * (heapFloor[0]?.[1] ?? 0)))
    problems.push(`the heap has grown by ${round(heapGrowth)} MB`);
  if (rssGrowth > Math.max(15, minutes)) problems.push(`the process has grown by ${round(rssGrowth)} MB`);
  if (ok === 0) problems.push('no answer at all');
  for (const end of unexplained.slice(0, 10)) problems.push(`unexplained: ${end}`);
} finally {
  await product.stop();
}
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
