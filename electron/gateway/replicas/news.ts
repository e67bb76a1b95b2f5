import { z } from 'zod';
import { type Evidence, evidences } from '../../../shared/token.ts';
import type { Health, HealthEvent } from '../pool/health.ts';

/** No provider lets a token rest longer, and a server that others can write to must not either. */
const mostMs = 27 * 3_600_000;
const count = z.number().int().nonnegative().max(1_000_000);

const Rest = z.object({
  what: z.literal('rest'),
  token: z.string(),
  ms: z.number().positive().max(mostMs),
  state: z.enum(['cooling', 'quota']),
  failures: count,
  rests: count,
  code: z.string().max(100),
  evidence: z.enum(evidences).nullable().catch(null),
});
/** What replicas tell each other of a token: it rests, its rest is over, a place of it is free. */
const Fact = z.discriminatedUnion('what', [
  Rest,
  z.object({ what: z.literal('over'), token: z.string() }),
  z.object({ what: z.literal('free'), token: z.string() }),
]);
/** `from`: which replica says so; none listens to itself. */
const News = Fact.and(z.object({ from: z.string() }));
export type Fact = z.infer<typeof Fact>;
export type News = z.infer<typeof News>;
export type RestFact = z.infer<typeof Rest>;

/** Null: not of this version, or not ours at all. */
export function readNews(text: unknown): News | null {
  if (typeof text !== 'string') return null;
  try {
    return News.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Null for a token that does not rest, or not for long enough to be told. The provider's own words stay here: they may hold anything. */
export function restNews(
  token: string,
  { state, until, failures, rests, reason }: Health,
  now: number,
): RestFact | null {
  const ms = Math.round((until ?? 0) - now);
  if ((state !== 'cooling' && state !== 'quota') || ms <= 0) return null;
  const evidence: Evidence | null = reason?.evidence ?? null;
  return { what: 'rest', token, ms: Math.min(ms, mostMs), state, failures, rests, code: reason?.code ?? '', evidence };
}

/** @param ms what is left of it */
export function restEvent({ state, failures, rests, code, evidence }: RestFact, ms: number, now: number): HealthEvent {
  const message = 'Another Traygate that uses this token has put it to rest.';
  return {
    type: 'rests-elsewhere',
    state,
    until: now + ms,
    failures,
    rests,
    reason: { code, message, evidence },
  };
}
