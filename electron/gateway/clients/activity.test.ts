import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exchange } from '../../../shared/exchange.ts';
import { Activity } from './activity.ts';

const exchange = (change: Partial<Exchange>) =>
  ({
    id: 'req_1',
    receivedAt: 1_000,
    client: 'Claude Code',
    clientKey: 'Default',
    model: 'GLM-4.6',
    resolvedModel: 'GLM-4.6',
    outcome: 'ok',
    failure: null,
    usage: { inputTokens: 5, outputTokens: 32, totalTokens: 37, cachedTokens: null, reasoningTokens: null },
    firstToken: 200,
    lastToken: 1_200,
    closed: 1_250,
    ...change,
  }) as Exchange;

function made() {
  const memory = new Map<string, string>();
  let now = 10_000;
  const open = () =>
    new Activity({ memory, models: () => ['GLM-4.6', 'local/echo'], clock: () => now, changed: () => {} });
  return { open, pass: (ms: number) => void (now += ms) };
}

test('the last call of a client is kept over a restart, with its speed', () => {
  const { open } = made();
  open().finished(exchange({}));
  assert.deepEqual(open().get().calls, [
    {
      client: 'claude-code',
      name: 'Claude Code',
      at: 1_000,
      model: 'GLM-4.6',
      ok: true,
      exchangeId: 'req_1',
      took: 1_250,
      tokensPerSecond: 31,
    },
  ]);
});

test('a client is known by what it says or by the key that bears its name, and one failure does not undo a success', () => {
  const activity = made().open();
  activity.finished(exchange({ client: 'node', clientKey: 'Codex' }));
  activity.finished(exchange({ client: 'node', clientKey: 'Default' }));
  activity.finished(exchange({ client: 'node', clientKey: 'Codex', outcome: 'failed', id: 'req_2' }));
  assert.deepEqual(
    activity.get().calls.map(({ client, ok, exchangeId }) => ({ client, ok, exchangeId })),
    [{ client: 'codex', ok: true, exchangeId: 'req_1' }],
  );
});

test('wrong keys are counted by client and key, shown by their end at most, and forgotten after five minutes', () => {
  const { open, pass } = made();
  const activity = open();
  const agent = { 'user-agent': 'Cline/3.1' };
  for (let at = 0; at < 3; at++) activity.refused({ ...agent, authorization: 'Bearer sk-local-a-long-old-key-9c1b' });
  activity.refused({ ...agent, 'x-api-key': 'short' });
  activity.refused(agent);
  const hints = activity.get().hints.map(({ name, count, ending, sent }) => ({ name, count, ending, sent }));
  assert.deepEqual(
    hints.toSorted((a, b) => b.count - a.count),
    [
      { name: 'Cline', count: 3, ending: '9c1b', sent: true },
      { name: 'Cline', count: 1, ending: null, sent: true },
      { name: 'Cline', count: 1, ending: null, sent: false },
    ],
  );
  assert.ok(!JSON.stringify(activity.get()).includes('long-old'));
  pass(5 * 60_000 + 1);
  assert.deepEqual(activity.get().hints, []);
});

test('however many wrong keys are tried, few hints are kept', () => {
  const activity = made().open();
  for (let at = 0; at < 500; at++)
    activity.refused({ authorization: `Bearer sk-local-${at}-aaaaaaaaaaaaaaaaaaaa`, 'user-agent': `x${at}` });
  assert.ok(activity.get().hints.length <= 20);
});

test('an unknown model comes with the name that may be meant, until it means something; a path without /v1 is told', () => {
  const activity = made().open();
  const failure = { code: 'model_not_found' } as Exchange['failure'];
  activity.finished(exchange({ outcome: 'failed', model: 'glm4.6', resolvedModel: null, failure }));
  activity.asked({ 'user-agent': 'curl/8' }, '/chat/completions');
  activity.asked({ 'user-agent': 'curl/8' }, '/v1/chat/completions');
  activity.asked({ 'user-agent': 'curl/8' }, '/models');
  assert.deepEqual(
    new Set(activity.get().hints.map(({ kind, name, model, near }) => `${kind} ${name} ${model} ${near}`)),
    new Set(['unknown-model Claude Code glm4.6 GLM-4.6', 'no-v1 curl null null']),
  );
  activity.forgetModel('glm4.6');
  assert.deepEqual(
    activity.get().hints.map(({ kind }) => kind),
    ['no-v1'],
  );
});
