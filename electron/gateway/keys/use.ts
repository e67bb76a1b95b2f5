import { z } from 'zod';

const hourMs = 3_600_000;
const minuteMs = 60_000;
const dayHours = 24;
const maxClients = 20;

const Hour = z.object({ requests: z.number().int(), tokens: z.number().int() });

/** What has been done with a key, as it is saved. */
export const SavedUse = z.object({
  lastUsedAt: z.number().int().nullable(),
  hours: z.array(z.tuple([z.number().int(), Hour])),
  clients: z.array(z.tuple([z.string(), z.number().int()])),
});
export type SavedUse = z.infer<typeof SavedUse>;

/** Counts what one key does: requests of the last minute, requests and tokens by the hour, the programs that use it. */
export class KeyUse {
  lastUsedAt: number | null;
  readonly #hours: Map<number, z.infer<typeof Hour>>;
  readonly #clients: Map<string, number>;
  /** Moments of the last minute's requests, while there is a limit. */
  #recent: number[] = [];

  constructor(saved: SavedUse = { lastUsedAt: null, hours: [], clients: [] }) {
    this.lastUsedAt = saved.lastUsedAt;
    this.#hours = new Map(saved.hours);
    this.#clients = new Map(saved.clients);
  }

  /** @param limited whether requests by the minute are limited */
  request(client: string, now: number, limited: boolean): void {
    this.lastUsedAt = now;
    if (limited) this.#recent.push(now);
    else if (this.#recent.length > 0) this.#recent = [];
    this.#hour(now).requests++;
    this.#clients.delete(client);
    this.#clients.set(client, now);
    for (const oldest of this.#clients.keys()) if (this.#clients.size > maxClients) this.#clients.delete(oldest);
  }

  spent(tokens: number, now: number): void {
    this.#hour(now).tokens += tokens;
  }

  /** Milliseconds until one more request is within `limit` a minute; 0: it is. */
  minuteWait(limit: number, now: number): number {
    this.#recent = this.#recent.filter((at) => at > now - minuteMs && at <= now);
    const first = this.#recent.at(-limit);
    return first === undefined ? 0 : first + minuteMs - now;
  }

  /** Milliseconds until less than `limit` tokens have been spent within 24 hours; 0: now. */
  dayWait(limit: number, now: number): number {
    const hours = this.#lastDay(now);
    let left = hours.reduce((sum, [, { tokens }]) => sum + tokens, 0);
    if (left < limit) return 0;
    for (const [hour, { tokens }] of hours) {
      left -= tokens;
      if (left < limit) return (hour + dayHours) * hourMs - now;
    }
    return 0;
  }

  day(now: number): { readonly requests: number; readonly tokens: number; readonly clients: string[] } {
    let requests = 0;
    let tokens = 0;
    for (const [, hour] of this.#lastDay(now)) {
      requests += hour.requests;
      tokens += hour.tokens;
    }
    const since = now - dayHours * hourMs;
    return { requests, tokens, clients: [...this.#clients].filter(([, at]) => at > since).map(([name]) => name) };
  }

  save(now: number): SavedUse {
    return { lastUsedAt: this.lastUsedAt, hours: this.#lastDay(now), clients: [...this.#clients] };
  }

  #hour(now: number): z.infer<typeof Hour> {
    const at = Math.floor(now / hourMs);
    const known = this.#hours.get(at);
    if (known) return known;
    const made = { requests: 0, tokens: 0 };
    this.#hours.set(at, made);
    return made;
  }

  /** Oldest first; what is older is forgotten. */
  #lastDay(now: number): [number, z.infer<typeof Hour>][] {
    const first = Math.floor(now / hourMs) - dayHours;
    for (const hour of this.#hours.keys()) if (hour <= first) this.#hours.delete(hour);
    return [...this.#hours].toSorted(([a], [b]) => a - b);
  }
}
