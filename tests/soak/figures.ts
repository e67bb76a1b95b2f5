/** What a running gateway takes of the machine, as `/metrics` says it. */
import { send } from '../api/http.ts';
import type { Product } from '../api/product.ts';

export interface Figures {
  /** Minutes since the beginning. */
  readonly at: number;
  /** Megabytes. */
  readonly rss: number;
  readonly heap: number;
  readonly files: number;
  readonly sockets: number;
  readonly timers: number;
  readonly lagP99Ms: number;
}

const megabyte = 1024 * 1024;

export async function figuresOf(product: Product, password: string, begun: number): Promise<Figures> {
  const headers = { authorization: `Bearer ${password}` };
  const { text } = await send(product.url, { path: '/metrics', headers });
  const value = (name: string): number =>
    Number(text.split('\n').find((line) => line.startsWith(`${name} `))?.split(' ')[1] ?? 0); // prettier-ignore
  return {
    at: (performance.now() - begun) / 60_000,
    rss: value('process_resident_memory_bytes') / megabyte,
    heap: value('nodejs_heap_size_used_bytes') / megabyte,
    files: value('process_open_fds'),
    sockets: value('nodejs_active_resources{type="TCPSocketWrap"}'),
    timers: value('nodejs_active_resources{type="Timeout"}'),
    lagP99Ms: value('nodejs_eventloop_lag_p99_seconds') * 1000,
  };
}

/** The value below which a share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Megabytes (or pieces) per hour by which a line through all points rises. */
export function slope(points: readonly (readonly [minutes: number, value: number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([at]) => at), mean(([, value]) => value)];
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  const together = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  return spread === 0 ? 0 : (60 * together) / spread;
}
