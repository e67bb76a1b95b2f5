import type { Attempt, Exchange } from '../../../shared/exchange.ts';

/** queue: waiting for a token; between: the same after a failure; wait: connected, no answer yet; failed: an attempt that came to nothing. */
export type SegmentKind = 'queue' | 'between' | 'connect' | 'wait' | 'stream' | 'failed';

export interface Segment {
  readonly kind: SegmentKind;
  readonly from: number;
  readonly to: number;
  /** From 0; null while none has begun. */
  readonly attempt: number | null;
}

export const totalOf = (exchange: Exchange, now: number): number =>
  exchange.closed ?? Math.max(0, now - exchange.receivedAt);

function ofAttempt(attempt: Attempt, index: number, from: number, to: number): Segment[] {
  if (attempt.failure !== null && attempt.firstEvent === null) return [{ kind: 'failed', from, to, attempt: index }];
  // A provider on this computer connects to nothing.
  const connected = attempt.connected ?? from;
  const firstEvent = attempt.firstEvent ?? to;
  return [
    { kind: 'connect', from, to: connected, attempt: index },
    { kind: 'wait', from: connected, to: firstEvent, attempt: index },
    { kind: attempt.failure === null ? 'stream' : 'failed', from: firstEvent, to, attempt: index },
  ];
}

/** Where the time of a request went, without gaps: the lengths add up to its total. */
export function timeline(exchange: Exchange, now: number): Segment[] {
  const total = totalOf(exchange, now);
  const segments: Segment[] = [];
  let reached = 0;
  for (const [index, attempt] of exchange.attempts.entries()) {
    const begun = attempt.leased ?? reached;
    segments.push({ kind: index === 0 ? 'queue' : 'between', from: reached, to: begun, attempt: null });
    const isLast = index === exchange.attempts.length - 1;
    const ended = isLast ? total : (attempt.ended ?? exchange.attempts[index + 1]?.leased ?? total);
    segments.push(...ofAttempt(attempt, index, begun, ended));
    reached = ended;
  }
  if (exchange.attempts.length === 0) segments.push({ kind: 'queue', from: 0, to: total, attempt: null });
  return segments.filter(({ from, to }) => to > from);
}

/** Output tokens per second while they were streaming; null when it cannot be known. */
export function tokensPerSecond({ firstToken, lastToken, stream, usage }: Exchange): number | null {
  const tokens = usage?.outputTokens ?? null;
  if (!stream || tokens === null || tokens < 2 || firstToken === null || lastToken === null) return null;
  return lastToken > firstToken ? ((tokens - 1) * 1000) / (lastToken - firstToken) : null;
}
