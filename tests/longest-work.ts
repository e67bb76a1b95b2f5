import { z } from 'zod';

const Trace = z.object({
  traceEvents: z.array(z.object({ name: z.string(), pid: z.number(), tid: z.number(), tdur: z.number().optional() })),
});

/**
 * Milliseconds of processor time of the largest task of a page's main thread, which has the most of them, out of a trace of
 * Chromium. What the clock says is longer where others want the processor.
 */
export function longestWork(trace: Buffer): number {
  const threads = new Map<string, number[]>();
  for (const { name, pid, tid, tdur } of Trace.parse(JSON.parse(trace.toString())).traceEvents) {
    if (name !== 'RunTask' || tdur === undefined) continue;
    const tasks = threads.get(`${pid}.${tid}`) ?? [];
    tasks.push(tdur);
    threads.set(`${pid}.${tid}`, tasks);
  }
  const sum = (tasks: readonly number[]) => tasks.reduce((all, one) => all + one, 0);
  const [main = []] = [...threads.values()].toSorted((a, b) => sum(b) - sum(a));
  return main.reduce((most, one) => Math.max(most, one), 0) / 1_000;
}
