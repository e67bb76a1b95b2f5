import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import type { Exchange } from '../../../shared/exchange.ts';
import type { ModelInfo } from '../../../shared/model.ts';
import type { Finding } from '../../../shared/radar.ts';
import { ChatError, type ErrorCode } from '../chat/errors.ts';
import type { ChatEvent } from '../chat/events.ts';
import { fresh } from '../pool/health.ts';
import { Pool } from '../pool/pool.ts';
import { storedToken } from '../pool/testing.ts';
import type { Provider, ProviderCall } from '../providers/provider.ts';
import { Radar } from './radar.ts';

const model = (id: string): ModelInfo => ({
  id, provider: 'zai', upstreamId: id, created: 0, contextTokens: null, maxOutputTokens: null, test: false,
  capabilities: { thinking: true, tools: false, vision: false, search: false },
}); // prettier-ignore
const answer: readonly ChatEvent[] = [
  { type: 'text', text: 'pong' },
  { type: 'finish', reason: 'stop' },
];
type Answer = ErrorCode | 'answer' | 'never';

/** A radar over one provider whose answers follow the token's alias. */
function setUp(tokens: Readonly<Record<string, Answer>>, memory = new Map<string, string>()) {
  const calls: ProviderCall[] = [];
  const rows = new Map<string, Exchange>();
  let offered = [model('GLM-4.5-Air')];
  let listed = offered;
  const provider: Provider = {
    id: 'zai',
    name: 'Z.AI',
    needsCredential: true,
    models: () => offered,
    refreshModels: async () => {},
    async open(call) {
      calls.push(call);
      const what = tokens[call.credential?.alias ?? ''] ?? 'answer';
      if (what !== 'answer' && what !== 'never') throw new ChatError(what, 'It failed.');
      return (async function* () {
        if (what === 'never') await new Promise((_, reject) => call.signal.addEventListener('abort', reject));
        yield answer;
      })();
    },
  };
  const pool = new Pool({
    provider: 'zai',
    name: 'Z.AI',
    clock: Date.now,
    policy: () => ({ failureThreshold: 3, recoveryMs: 1_000 }),
    guests: null,
    guestMode: () => false,
    changed: () => {},
  });
  for (const alias of Object.keys(tokens)) pool.add(storedToken('zai', alias, { health: fresh }));
  const requests = new Map<string, AbortController>();
  const radar = new Radar({
    sources: () => [{ provider, pool }],
    memory: { get: (key) => memory.get(key), set: (key, value) => void memory.set(key, value) },
    everyHours: () => 0,
    running: () => true,
    exchangeChanged: (row) => rows.set(row.id, row),
    requests,
    refreshModels: async () => {
      offered = listed;
    },
    changed: () => {},
    log: pino({ level: 'silent' }),
  });
  const list = (...names: string[]) => (listed = names.map(model));
  return { radar, calls, pool, rows, requests, memory, list };
}

const brief = (findings: readonly Finding[]) => findings.map(({ kind, broken }) => [kind, broken]);

test('a canary is one tiny request on the usual way, marked, and none of the token’s traffic', async () => {
  const { radar, calls, rows, pool } = setUp({ Z1: 'answer' });
  assert.deepEqual(brief(await radar.run('zai')), [['token', null]]);
  const [{ request } = assert.fail()] = calls;
  assert.deepEqual([request.sampling.maxTokens, request.thinking, request.search], [16, { enabled: false }, false]);
  assert.deepEqual([...rows.values()].map((row) => [row.purpose, row.outcome]), [['radar', 'ok']]); // prettier-ignore
  assert.deepEqual([pool.get('Z1')?.ok, pool.get('Z1')?.health.state], [0, 'ready']);
});

test('one token that fails is passed over as in every request', async () => {
  const { radar, pool } = setUp({ Z1: 'upstream_auth_failed', Z2: 'answer' });
  const [finding] = await radar.run(null);
  assert.deepEqual([finding?.broken, finding?.credential], [null, 'Z2']);
  assert.equal(pool.get('Z1')?.health.state, 'invalid');
});

test('what is nobody’s fault among the tokens cools none', async () => {
  const { radar, pool } = setUp({ Z1: 'captcha_required' });
  assert.deepEqual(brief(await radar.run('zai')), [['token', 'captcha']]);
  assert.equal(pool.get('Z1')?.health.state, 'unverified');
});

test('tokens that all rest are not asked: the finding is what rests them', async () => {
  const { radar, calls } = setUp({ Z1: 'upstream_rate_limited' });
  assert.deepEqual(brief(await radar.run('zai')), [['token', 'rate']]);
  const [again] = await radar.run('zai');
  assert.deepEqual([again?.broken, again?.exchangeId, calls.length], ['rate', null, 1]);
  assert.ok(again?.until !== null);
  const dead = setUp({ Z1: 'upstream_auth_failed' });
  await dead.radar.run('zai');
  assert.deepEqual(brief(await dead.radar.run('zai')), [['token', 'credential']]);
});

test('a model that is gone is named, with the name that comes nearest in the refreshed list', async () => {
  const { radar, list } = setUp({ Z1: 'model_not_found' });
  list('GLM-5', 'GLM-4.6-Air');
  const [finding] = await radar.run('zai');
  assert.deepEqual([finding?.broken, finding?.model, finding?.near], ['model-renamed', 'GLM-4.5-Air', 'GLM-4.6-Air']);
  const without = setUp({ Z1: 'model_not_found' });
  without.list('Something else');
  assert.equal((await without.radar.run('zai'))[0]?.near, null);
});

test('one run of a provider at a time: who asks during it gets its findings', async () => {
  const { radar, calls } = setUp({ Z1: 'answer' });
  const [one, other] = await Promise.all([radar.run('zai'), radar.run(null)]);
  assert.deepEqual([calls.length, one], [1, other]);
});

test('a stop ends it at once and leaves what was known', async () => {
  const memory = new Map<string, string>();
  await setUp({ Z1: 'answer' }, memory).radar.run('zai');
  const { radar, rows, requests, pool } = setUp({ Z1: 'never' }, memory);
  const run = radar.run('zai');
  await new Promise(setImmediate);
  assert.deepEqual([radar.state().running, requests.size], [['zai'], 1]);
  radar.stop();
  assert.deepEqual(await run, []);
  assert.deepEqual(brief(radar.state().findings), [['token', null]], 'the finding of before the restart');
  assert.deepEqual([radar.state().running, requests.size, pool.get('Z1')?.health.failures], [[], 0, 0]);
  assert.deepEqual([...rows.values()].map(({ outcome }) => outcome), ['cancelled']); // prettier-ignore
});

test('findings of another version, or of a kind that is no longer there, are not shown', async () => {
  const memory = new Map([['radar', '[{"provider":"zai"}]']]);
  assert.deepEqual(setUp({ Z1: 'answer' }, memory).radar.state().findings, []);
  memory.set('radar', '{');
  const { radar, pool } = setUp({ Z1: 'answer' }, memory);
  await radar.run('zai');
  assert.equal(radar.state().findings.length, 1);
  pool.remove('Z1');
  assert.deepEqual(radar.state().findings, []);
});
