import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../shared/exchange.ts';
import { exampleAttempt, exampleExchange } from './example-exchange.ts';
import { timeline, tokensPerSecond } from './timeline.ts';

const failure: Failure = {
  code: 'upstream_auth_failed',
  blame: 'credential',
  status: 502,
  message: '',
  hint: '',
  upstreamStatus: 401,
  upstreamCode: null,
  upstreamMessage: null,
};
const kinds = (segments: ReturnType<typeof timeline>) => segments.map(({ kind }) => kind).join(' ');
const sum = (segments: ReturnType<typeof timeline>) => segments.reduce((all, { from, to }) => all + to - from, 0);

test('one attempt: waiting for a token, connecting, waiting, streaming', () => {
  const segments = timeline(exampleExchange(), 0);
  assert.equal(kinds(segments), 'queue connect wait stream');
  assert.equal(sum(segments), 2000);
});

test('an attempt that failed before anything came is one piece, and the pieces still add up', () => {
  const exchange = exampleExchange({
    attempts: [
      exampleAttempt({ leased: 5, firstEvent: null, ended: 300, failure }),
      exampleAttempt({ leased: 320, connected: 360, firstEvent: 900, ended: 2000 }),
    ],
  });
  const segments = timeline(exchange, 0);
  assert.equal(kinds(segments), 'queue failed between connect wait stream');
  assert.equal(sum(segments), 2000);
});

test('in flight it grows with the clock', () => {
  const exchange = exampleExchange({ outcome: 'active', closed: null, attempts: [] });
  assert.deepEqual(timeline(exchange, exchange.receivedAt + 700), [{ kind: 'queue', from: 0, to: 700, attempt: null }]);
});

test('speed counts from the first token to the last', () => {
  const usage = { inputTokens: 1, outputTokens: 101, totalTokens: 102, cachedTokens: null, reasoningTokens: null };
  assert.equal(tokensPerSecond(exampleExchange({ firstToken: 1000, lastToken: 3000, usage })), 50);
  assert.equal(tokensPerSecond(exampleExchange({ usage: null })), null);
  assert.equal(tokensPerSecond(exampleExchange({ stream: false, usage })), null);
});
