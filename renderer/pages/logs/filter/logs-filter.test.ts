import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exchange } from '../../../../shared/exchange.ts';
import { exampleAttempt, exampleExchange } from '../example-exchange.ts';
import type { LogsSearch } from '../logs-search.ts';
import { keeps, slowerThanMost } from './logs-filter.ts';
import { suggest } from './suggest.ts';
import { parseFilter } from './terms.ts';

const now = 1_760_000_000_000;
const usage = { inputTokens: 2_500, outputTokens: 100, totalTokens: null, cachedTokens: null, reasoningTokens: null };
const failure = {
  code: 'upstream_rate_limited',
  blame: 'rate',
  status: 429,
  message: '',
  hint: '',
  upstreamStatus: 429,
  upstreamCode: null,
  upstreamMessage: null,
} as const;

/** Each has a letter for its id. */
const rows: readonly Exchange[] = [
  exampleExchange({ id: 'a', model: 'glm-4.7', client: 'Cherry Studio', clientKey: 'Cursor', usage }),
  exampleExchange({
    id: 'b',
    model: 'claude-sonnet',
    resolvedModel: 'GLM-5',
    stream: false,
    firstToken: 4_000,
    attempts: [exampleAttempt({ credential: 'Z1', failure }), exampleAttempt({ credential: 'Z3' })],
  }),
  exampleExchange({ id: 'c', outcome: 'failed', status: 429, failure, firstToken: null, closed: 90_000 }),
  exampleExchange({ id: 'd', outcome: 'cancelled', status: 499, receivedAt: now - 3_600_000 * 30 }),
  exampleExchange({ id: 'e', outcome: 'active', status: null, closed: null, purpose: 'radar' }),
  exampleExchange({
    id: 'f',
    test: true,
    dialect: 'anthropic-messages',
    attempts: [exampleAttempt({ provider: 'local', credential: null })],
    provider: 'local',
  }),
  exampleExchange({ id: 'g', purpose: 'replay', replayOf: 'a', finishReason: 'tool-calls' }),
];

const found = (search: LogsSearch): string =>
  rows
    .filter(keeps(search, { slow: 3_000, now: now + 1_000, pinned: new Set(['c']) }))
    .map(({ id }) => id)
    .join('');

for (const [q, expected] of [
  ['', 'abcdefg'],
  ['glm cherry', 'a'],
  ['"cherry studio"', 'a'],
  ['nowhere', ''],
  ['model:glm-5', 'b'],
  ['-model:glm', ''],
  ['-model:claude', 'acdefg'],
  ['provider:z.ai token:z3', 'b'],
  ['provider:local', 'f'],
  ['status:>=400', 'cd'],
  ['status:4xx', 'cd'],
  ['status:200', 'abfg'],
  ['-status:200', 'cde'],
  ['ttft:>2s', 'b'],
  ['ttft:>2000ms', 'b'],
  ['ttft:<1', 'adefg'],
  ['total:>1m', 'ce'],
  ['in:>2k', 'a'],
  ['has:retry', 'b'],
  ['has:error', 'bc'],
  ['has:pin', 'c'],
  ['has:tools', 'g'],
  ['is:replay', 'g'],
  ['is:cancelled', 'd'],
  ['stream:false', 'b'],
  ['key:cursor', 'a'],
  ['client:"Cherry Studio"', 'a'],
  ['client:"Cherry', 'a'],
  ['id:d', 'd'],
  ['api:messages', 'f'],
  ['code:rate', 'bc'],
  ['attempts:>1', 'b'],
  ['MODEL:GLM-5', 'b'],
  ['http://x', ''],
  // What cannot be understood filters nothing.
  ['ttft:soon', 'abcdefg'],
  ['has:nothing', 'abcdefg'],
  ['model:', 'abcdefg'],
] as const) {
  test(`filter ${q || '(empty)'}`, () => assert.equal(found({ q }), expected));
}

for (const [view, expected] of [
  ['all', 'abcdefg'],
  ['active', 'e'],
  ['errors', 'c'],
  ['slow', 'b'],
  ['retried', 'b'],
  ['cancelled', 'd'],
  ['tests', 'fg'],
] as const) {
  test(`view ${view}`, () => assert.equal(found({ view }), expected));
}

test('a range of time, and a list without Traygate’s own requests', () => {
  assert.equal(found({ range: '24h' }), 'abcefg');
  assert.equal(found({ range: '7d' }), 'abcdefg');
  assert.equal(found({ checks: 'hidden' }), 'abcdf');
});

test('what is not understood is told', () => {
  assert.deepEqual(
    parseFilter('ttft:soon status:4xx model: word status:6yy after:noon').map(({ typed, valid }) => [typed, valid]),
    [
      ['ttft:soon', false],
      ['status:4xx', true],
      ['model:', false],
      ['word', true],
      ['status:6yy', false],
      ['after:noon', false],
    ],
  );
});

test('times are a clock of today, a date, or a while ago', () => {
  const number = (typed: string) => parseFilter(typed)[0]?.number ?? 0;
  assert.equal(number('after:14:30'), new Date().setHours(14, 30, 0, 0));
  assert.equal(number('after:2026-11-20'), new Date(2026, 10, 20).getTime());
  assert.equal(number('before:2026-11-20T08:00'), new Date(2026, 10, 20, 8).getTime());
  assert.ok(Math.abs(number('after:2h') - (Date.now() - 7_200_000)) < 60_000);
});

for (const [typed, expected] of [
  ['mo', ['model:']],
  ['x mo', ['x model:']],
  ['has:re', ['has:retry ']],
  ['-has:', ['-has:retry ', '-has:error ', '-has:notice ', '-has:tools ', '-has:pin ']],
  ['client:che', ['client:"Cherry Studio" ']],
  ['client:"che', ['client:"Cherry Studio" ']],
  ['token:', ['token:Z1 ', 'token:Z3 ']],
  ['status:', ['status:>=400 ', 'status:200 ', 'status:429 ', 'status:5xx ']],
  ['unknown:', []],
] as const) {
  test(`suggests after ${typed}`, () => {
    assert.deepEqual(
      suggest(typed, () => rows).map(({ text }) => text),
      expected,
    );
  });
}

test('every key is suggested for an empty field', () => assert.ok(suggest('', () => rows).length > 15));

test('slow is what one in twenty is, once there are twenty', () => {
  const some = (count: number) =>
    Array.from({ length: count }, (_, at) => exampleExchange({ id: String(at), firstToken: at * 10 }));
  assert.deepEqual(slowerThanMost(some(19)), { ms: 5_000, measured: false });
  assert.deepEqual(slowerThanMost(some(100)), { ms: 950, measured: true });
});
