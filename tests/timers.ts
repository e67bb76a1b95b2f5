/**
 * Goes before a product (`--import`): knows each of its timers by the line that has set it, Node's own included. Every SIGUSR2
 * writes what is known into the file that TRAYGATE_TIMERS names.
 */
import { createHook } from 'node:async_hooks';
import { renameSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Timers {
  /** How often timers and immediates have fired, by line. */
  readonly fired: Readonly<Record<string, number>>;
  /** Those that are set now, with their milliseconds. */
  readonly set: readonly { readonly line: string; readonly ms: number }[];
  /** Turns of the event loop. */
  readonly turns: number;
}

/** Node's own object has more than its types tell. */
const idleTimeout = '_idleTimeout';
interface Known {
  readonly line: string;
  readonly timer: { readonly [idleTimeout]?: number };
}

Error.stackTraceLimit = 30;
const file = process.env['TRAYGATE_TIMERS'] ?? '';
const known = new Map<number, Known>();
const fired: Record<string, number> = {};

/** The first line of a stack that is the product's; else the first of a package; else the innermost that is not about timers. */
function lineOf(stack: string): string {
  const places = stack.split('\n').slice(2);
  const place =
    places.find((line) => /\/(?:electron|shared)\/[\w/-]+\.ts:\d/.test(line)) ??
    places.find((line) => line.includes('/node_modules/')) ??
    places.find((line) => !/internal|node:timers/.test(line));
  return (place ?? 'Node').replace(/^.*[(/ ]((?:electron|shared|node_modules)\/|node:)/, '$1').replace(/:\d+\)?$/, '');
}

createHook({
  init(id, type, _trigger, resource) {
    if (type === 'Timeout' || type === 'Immediate')
      known.set(id, { line: lineOf(new Error().stack ?? ''), timer: resource });
  },
  before(id) {
    const line = known.get(id)?.line;
    if (line !== undefined) fired[line] = (fired[line] ?? 0) + 1;
  },
  destroy: (id) => void known.delete(id),
}).enable();

process.on('SIGUSR2', () => {
  const set = [...known.values()].map(({ line, timer }) => ({ line, ms: timer[idleTimeout] ?? 0 }));
  const found: Timers = { fired, set, turns: performance.nodeTiming.uvMetricsInfo.loopCount };
  writeFileSync(`${file}.new`, JSON.stringify(found));
  renameSync(`${file}.new`, file);
});
