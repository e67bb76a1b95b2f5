/** Failover with the pool and the gate of a provider around it: what repeats cost, whom they hurt, and whom they never do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ModelInfo } from '../../../shared/model.ts';
import { ChatError, type ErrorCode } from '../chat/errors.ts';
import type { ChatRequest } from '../chat/request.ts';
import { Gate } from '../pool/gate.ts';
import { GuestPool } from '../pool/guests.ts';
import { plainSharing, type Sharing } from '../pool/options.ts';
import { Pool } from '../pool/pool.ts';
import { storedToken } from '../pool/testing.ts';
import type { Provider } from '../providers/provider.ts';
import { answer, type Route, type Source } from './answer.ts';
import { ExchangeRecorder } from './recorder.ts';

const model: ModelInfo = {
  id: 'M', provider: 'zai', upstreamId: 'm', created: 0, contextTokens: null, maxOutputTokens: null, test: false,
  capabilities: { thinking: false, tools: false, vision: false, search: false },
}; // prettier-ignore
const request: ChatRequest = {
  model: 'M', messages: [], tools: [], toolChoice: { type: 'auto' }, sampling: {}, responseFormat: { type: 'text' },
}; // prettier-ignore

type Says = ErrorCode | 'ok';

/** A provider that says what `says` gives for each attempt, by the alias that asks. */
function setUp(tokens: number, says: (alias: string) => Says, sharing: Partial<Sharing> = {}, guests = 0) {
  let now = 1_000_000;
  const clock = () => now;
  const attempts: string[] = [];
  const provider: Provider = {
    id: 'zai',
    name: 'Z.AI',
    needsCredential: true,
    models: () => [model],
    refreshModels: async () => {},
    async open({ credential }) {
      const alias = credential?.alias ?? '';
      attempts.push(alias);
      const said = says(alias);
      if (said !== 'ok') throw new ChatError(said, `${alias} fails`);
      return (async function* () {
        yield [{ type: 'text', text: alias }, { type: 'finish', reason: 'stop' }] as const; // prettier-ignore
      })();
    },
  };
  const pool = new Pool({
    provider: 'zai',
    name: 'Z.AI',
    clock,
    policy: () => ({ failureThreshold: 3, recoveryMs: 60_000 }),
    sharing: () => ({ ...plainSharing, ...sharing }),
    guests: new GuestPool(
      { create: async () => ({ secret: 'guest', userId: 'g' }), dispose: async () => {} },
      { size: () => guests, clock, random: () => 0 },
    ),
    guestMode: () => guests > 0,
    changed: () => {},
  });
  for (let at = 1; at <= tokens; at++) pool.add(storedToken('zai', `Z${at}`));
  const source: Source = { provider, pool, gate: new Gate({ name: 'Z.AI', clock, random: () => 1, pauseMs: 0 }) };
  const route: Route = { source, model, prepare: () => ({ request }) };
  const ask = async (further: readonly Route[] = []) => {
    const recorder = new ExchangeRecorder(
      { id: 'r', dialect: 'openai-chat', clientKey: null, client: 't', model: 'M', stream: true },
      () => {},
    );
    const asked = { delivery: 'stream', signal: new AbortController().signal, recorder } as const;
    const error = await answer([route, ...further], asked, () => undefined).then(
      () => null,
      (thrown: unknown) => (thrown instanceof ChatError ? thrown : assert.fail(String(thrown))),
    );
    const steps = recorder.record.attempts.map(({ credential, decision }) => [credential, decision]);
    return { error, code: error?.code ?? 'ok', steps };
  };
  const states = () => pool.tokens().map(({ health }) => health.state);
  return { ask, attempts, pool, route, states, pass: (ms: number) => (now += ms) };
}

test('F007: the only token is asked again after a failure that says nothing against it', async () => {
  const script: Says[] = ['upstream_error', 'ok'];
  const { ask, states } = setUp(1, () => script.shift() ?? 'ok');
  const withoutTokens = setUp(0, () => 'ok');
  const { code, steps } = await ask([withoutTokens.route]);
  assert.deepEqual([code, steps, states()], ['ok', [['Z1', 'same_credential'], ['Z1', null]], ['ready']]); // prettier-ignore
});

test('F001, F008: a provider that always fails is asked three times for one request, and no token is put to rest', async () => {
  for (const says of ['upstream_unreachable', 'upstream_error'] as const) {
    const { ask, attempts, states } = setUp(1, () => says);
    const { error, steps } = await ask();
    assert.deepEqual([error?.code, error?.shouldRetry, attempts.length], [says, false, 3]);
    assert.equal(steps.at(-1)?.[1], 'attempts_used');
    assert.deepEqual(states(), [says === 'upstream_error' ? 'degraded' : 'ready']);
  }
});

test('what a token is to blame for is not asked of it again', async () => {
  for (const says of ['upstream_auth_failed', 'upstream_rate_limited', 'quota_exceeded', 'upstream_timeout'] as const) {
    const { ask, attempts } = setUp(1, () => says);
    assert.equal((await ask()).code, says);
    assert.equal(attempts.length, 1, says);
  }
});

test('F011: a request that every token refuses puts two of them to rest, not the third', async () => {
  for (const says of ['upstream_rate_limited', 'quota_exceeded', 'upstream_auth_failed'] as const) {
    let bad = true;
    const { ask, attempts, states, pool } = setUp(7, () => (bad ? says : 'ok'));
    assert.equal((await ask()).code, says);
    assert.equal(attempts.length, 3);
    assert.equal(states().filter((state) => state === 'ready').length, 5, says);
    bad = false;
    for (let at = 0; at < 20; at++) assert.equal((await ask()).code, 'ok');
    assert.equal(pool.outlook().usable >= 5, true);
  }
});

test('F053: while all rest the provider is left alone, and the wait is told', async () => {
  const { ask, attempts } = setUp(1, () => 'upstream_rate_limited');
  await ask();
  const { error } = await ask();
  assert.deepEqual([error?.code, error?.retryAfterMs, attempts.length], ['no_token_available', 30_000, 1]);
});

test('F055: guests answer when no token of the user can, and are told apart when they are refused', async () => {
  const { ask, attempts } = setUp(1, (alias) => (alias === 'Guest' ? 'ok' : 'upstream_auth_failed'), {}, 1);
  assert.deepEqual([(await ask()).code, attempts], ['ok', ['Z1', 'Guest']]);
  const refused = await setUp(0, () => 'upstream_auth_failed', {}, 1).ask();
  assert.equal(refused.error?.message, 'Z.AI no longer accepts this guest session.');
  assert.match(refused.error?.hint ?? '', /add a token of your own/);
});

test('F056: a failing provider is soon left alone by all, and taken up again within seconds', async () => {
  let failing = true;
  const { ask, attempts, pass } = setUp(4, () => (failing ? 'upstream_error' : 'ok'));
  const codes: string[] = [];
  for (let round = 0; round < 10; round++) {
    codes.push(...(await Promise.all(Array.from({ length: 20 }, () => ask()))).map(({ code }) => code));
    pass(3_000);
  }
  assert.ok(attempts.length <= 200 * 1.3, `${attempts.length} attempts`);
  assert.ok(codes.slice(20).filter((code) => code === 'provider_unavailable').length > 100);
  failing = false;
  pass(4_000);
  assert.equal((await ask()).code, 'ok', 'the probe');
  const after = await Promise.all(Array.from({ length: 20 }, () => ask()));
  assert.ok(after.every(({ code }) => code === 'ok'));
});

test('a provider that is left alone is passed over where another has the model', async () => {
  const failing = setUp(1, () => 'upstream_error');
  const other = setUp(1, () => 'ok');
  for (let at = 0; at < 10; at++) assert.equal((await failing.ask([other.route])).code, 'ok');
  assert.equal(failing.attempts.length, 5);
});

test('who would have to wait goes to the next provider, if that one can answer', async () => {
  const { ask, pool, attempts } = setUp(1, () => 'ok', { concurrency: 1 });
  const held = await pool.lease(new Set(), new AbortController().signal);
  const ready = setUp(1, () => 'ok');
  assert.deepEqual([(await ask([ready.route])).code, attempts], ['ok', []]);
  const waiting = ask([setUp(0, () => 'ok').route]);
  await new Promise(setImmediate);
  assert.equal(pool.waiting, 1, 'the other one has nobody to answer');
  held.succeed();
  assert.equal((await waiting).code, 'ok');
});

test('a request that cannot be written for a provider gives its token back', async () => {
  const { ask, pool, route } = setUp(1, () => 'ok');
  const broken: Route = {
    ...route,
    prepare: () => {
      throw new ChatError('images_not_supported', 'No images.');
    },
  };
  const [recorder, { signal }] = [blank(), new AbortController()];
  await assert.rejects(
    answer([broken], { delivery: 'whole', signal, recorder }, () => undefined),
    {
      code: 'images_not_supported',
    },
  );
  assert.equal(pool.inFlight('Z1'), 0);
  assert.equal((await ask()).code, 'ok');
});

const blank = () =>
  new ExchangeRecorder(
    { id: 'r', dialect: 'openai-chat', clientKey: null, client: 't', model: 'M', stream: false },
    () => {},
  );

const anySays = fc.constantFrom<Says>(
  'ok', 'upstream_error', 'upstream_unreachable', 'upstream_disconnect', 'upstream_timeout', 'upstream_protocol',
  'upstream_rate_limited', 'quota_exceeded', 'upstream_auth_failed', 'captcha_required', 'client_version_outdated', 'request_rejected',
); // prettier-ignore

test('no sequence of answers makes more than three attempts of a request, rests more than two tokens for it, or amplifies load beyond 1.3', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.array(anySays, { minLength: 1, maxLength: 30 }),
      async (tokens, script) => {
        let turn = 0;
        const { ask, attempts, states } = setUp(tokens, () => script[turn++ % script.length] ?? 'ok');
        const rested = () => states().filter((state) => ['cooling', 'quota', 'invalid'].includes(state)).length;
        for (let asked = 1; asked <= 30; asked++) {
          const [before, restedBefore] = [attempts.length, rested()];
          await ask();
          assert.ok(attempts.length - before <= 3);
          assert.ok(rested() - restedBefore <= 2);
        }
        assert.ok(attempts.length <= 30 * 1.3, `${attempts.length} attempts for 30 requests`);
      },
    ),
    { numRuns: 100 },
  );
});

test('however many providers have the model, a request makes three attempts at most, whatever each of them answers', async () => {
  const oneProvider = fc.record({ tokens: fc.integer({ min: 0, max: 4 }), script: fc.array(anySays, { minLength: 1, maxLength: 8 }) }); // prettier-ignore
  await fc.assert(
    fc.asyncProperty(fc.array(oneProvider, { minLength: 2, maxLength: 5 }), async (providers) => {
      const all = providers.map(({ tokens, script }) => {
        let turn = 0;
        return setUp(tokens, () => script[turn++ % script.length] ?? 'ok');
      });
      const [first, ...further] = all;
      if (!first) return;
      const made = () => all.reduce((sum, { attempts }) => sum + attempts.length, 0);
      const routes = further.map(({ route }) => route);
      const askOnce = async (): Promise<readonly [rows: number, attempts: number]> => {
        const before = made();
        const told = await first.ask(routes);
        return [told.steps.length, made() - before];
      };
      for (let asked = 1; asked <= 10; asked++) {
        const [rows, attempts] = await askOnce();
        assert.ok(attempts <= 3, `${attempts} attempts`);
        assert.equal(rows, attempts, 'each is on the row');
      }
    }),
    { numRuns: 100 },
  );
});

test('no outage of the network, however long, downgrades a token', async () => {
  const { ask, states, pass } = setUp(3, () => 'upstream_unreachable');
  for (let at = 0; at < 12; at++) {
    await ask();
    pass(4_000);
  }
  assert.deepEqual(states(), ['ready', 'ready', 'ready']);
});
