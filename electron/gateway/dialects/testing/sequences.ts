/** Random answers as providers may send them, for the grammar tests of all dialects. */
import fc from 'fast-check';
import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent, FinishReason } from '../../chat/events.ts';

export const reasons = ['stop', 'length', 'tool-calls', 'content-filter'] as const satisfies readonly FinishReason[];

/** One answer: what comes before its end, the end, and what a provider sends after it although it must not. */
export interface Sequence {
  readonly events: readonly ChatEvent[];
  readonly end: ChatEvent;
  readonly late: readonly ChatEvent[];
  /** Where batches begin; places beyond the end count as the end. */
  readonly cuts: readonly number[];
}

const index = fc.integer({ min: 0, max: 3 });
/** Any characters, and pieces that look like framing, like JSON, like half a character. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', ' ', '\n', '\r\n\u2028', '\ud83d', '\ude80', '{}', '{"a":', '1}', '{"input":"x"}'),
  fc.constantFrom('data: [DONE]\n\n', 'event: error\ndata: {}\n\n', ': ping\n\n'),
);
const name = fc.oneof(fc.constantFrom('weather', 'patch', 'ask', 'multi__ask'), fc.string({ maxLength: 8 }));
const count = fc.option(fc.nat(1_000), { nil: undefined });

export const text = fc.record({ type: fc.constant('text' as const), text: piece });
export const reasoning = fc.record(
  { type: fc.constant('reasoning' as const), text: piece, signature: fc.constantFrom('', 'theirs') },
  { requiredKeys: ['type', 'text'] },
);
export const callStart = fc.record({
  type: fc.constant('tool-call-start' as const),
  index,
  id: fc.constantFrom('', 'call_1', 'toolu_2'),
  name,
});
export const callDelta = fc.record({ type: fc.constant('tool-call-delta' as const), index, arguments: piece });
export const callEnd = fc.record({ type: fc.constant('tool-call-end' as const), index });
export const citation = fc.record(
  { type: fc.constant('citation' as const), index: fc.nat(9), url: fc.webUrl(), title: fc.string({ maxLength: 8 }) },
  { requiredKeys: ['type', 'index', 'url'] },
);
/** Absent and undefined are the same to a provider that copies optional counts, so a count that is unknown is left out. */
export const usage: fc.Arbitrary<ChatEvent> = fc
  .record({ inputTokens: count, outputTokens: count, totalTokens: count, cachedTokens: count, reasoningTokens: count })
  .map((counts) => Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== undefined)))
  .map((counts) => ({ type: 'usage', usage: counts }));

/** Anything but an end. */
export const event: fc.Arbitrary<ChatEvent> = fc.oneof(text, reasoning, callStart, callDelta, callEnd, citation, usage);

/** Mostly anything in any order; the rest are answers of one kind, which chance alone would hardly make. */
export const events: fc.Arbitrary<ChatEvent[]> = fc.oneof(
  { weight: 6, arbitrary: fc.array(event, { maxLength: 24 }) },
  { weight: 1, arbitrary: fc.constant<ChatEvent[]>([]) },
  { weight: 1, arbitrary: fc.array(fc.oneof(callStart, callDelta, callEnd), { minLength: 1, maxLength: 16 }) },
  { weight: 1, arbitrary: fc.array(fc.oneof(text, reasoning), { minLength: 1, maxLength: 12 }) },
);

const error = fc
  .constantFrom(
    'upstream_disconnect',
    'upstream_truncated',
    'upstream_rate_limited',
    'quota_exceeded',
    'internal_error',
  )
  .map((code): ChatEvent => ({ type: 'error', error: new ChatError(code, 'It broke.') }));
const finish = fc.constantFrom(...reasons).map((reason): ChatEvent => ({ type: 'finish', reason }));

const late = fc.array(fc.oneof(event, finish, error), { maxLength: 3 });
export const cuts = fc.array(fc.nat(28), { maxLength: 8 });

/** An answer with any end. */
export const sequence: fc.Arbitrary<Sequence> = fc.record({
  events,
  end: fc.oneof({ weight: 4, arbitrary: finish }, { weight: 1, arbitrary: error }),
  late,
  cuts,
});

/** The sequence as a provider would hand it over. */
export function batchesOf({ events: all, end, late: rest, cuts: places }: Sequence): ChatEvent[][] {
  const whole = [...all, end, ...rest];
  const edges = [0, ...places.toSorted((a, b) => a - b), whole.length];
  return edges.slice(1).map((edge, place) => whole.slice(edges[place], edge));
}

/** How many answers the grammar of each dialect is tried with. */
export const runs = 10_000;
