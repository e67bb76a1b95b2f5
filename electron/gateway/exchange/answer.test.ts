import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelInfo } from '../../../shared/model.ts';
import { ChatError, type ErrorCode } from '../chat/errors.ts';
import type { ChatEvent } from '../chat/events.ts';
import type { ChatRequest } from '../chat/request.ts';
import { Pool } from '../pool/pool.ts';
import { storedToken } from '../pool/testing.ts';
import type { Pour, Provider, ProviderCall, TakeEvents } from '../providers/provider.ts';
import { answer, type Route } from './answer.ts';
import { ExchangeRecorder } from './recorder.ts';

const model: ModelInfo = {
  id: 'M', provider: 'zai', upstreamId: 'm', created: 0, contextTokens: null, maxOutputTokens: null, test: false,
  capabilities: { thinking: false, tools: false, vision: false, search: false },
}; // prettier-ignore

type Step = readonly ChatEvent[] | ErrorCode;
const text = (value: string): ChatEvent[] => [{ type: 'text', text: value }];
const end: ChatEvent[] = [{ type: 'finish', reason: 'stop' }];

/** A provider whose answer depends on the credential: the script of `Z1`, `Z2`, … */
function setUp(scripts: Record<string, readonly Step[]>, further: readonly Route[] = []) {
  const closed: string[] = [];
  const calls: ProviderCall[] = [];
  const provider: Provider = {
    id: 'zai',
    name: 'Z.AI',
    needsCredential: true,
    models: () => [model],
    refreshModels: async () => {},
    async open(call) {
      calls.push(call);
      const alias = call.credential?.alias ?? '';
      const [first, ...rest] = scripts[alias] ?? [];
      if (typeof first === 'string') throw new ChatError(first, `${alias} fails`);
      return (async function* () {
        try {
          for (const step of [first ?? [], ...rest]) {
            await new Promise(setImmediate);
            call.signal.throwIfAborted();
            if (typeof step === 'string') throw new ChatError(step, `${alias} fails`);
            yield step;
          }
        } finally {
          closed.push(alias);
        }
      })();
    },
  };
  const pool = new Pool({
    provider: 'zai',
    name: 'Z.AI',
    clock: Date.now,
    policy: () => ({ failureThreshold: 3, recoveryMs: 1000 }),
    guests: null,
    guestMode: () => false,
    changed: () => {},
  });
  for (const alias of Object.keys(scripts)) {
    pool.add(storedToken('zai', alias));
  }
  const recorder = new ExchangeRecorder(
    { id: 'req_1', dialect: 'openai-chat', clientKey: null, client: 'test', model: 'M', stream: true },
    () => {},
  );
  const controller = new AbortController();
  const request: ChatRequest = {
    model: 'M',
    messages: [],
    tools: [],
    toolChoice: { type: 'auto' },
    sampling: {},
    responseFormat: { type: 'text' },
  };
  const asked = {
    delivery: 'stream',
    signal: controller.signal,
    recorder,
  } as const;
  const batches: Pour = (take) =>
    answer([{ source: { provider, pool }, model, prepare: () => ({ request }) }, ...further], asked, take);
  const inFlight = () => Object.keys(scripts).reduce((sum, alias) => sum + pool.inFlight(alias), 0);
  return { batches, pool, record: recorder.record, controller, closed, calls, inFlight };
}

async function read(batches: Pour, each: TakeEvents = () => undefined) {
  let shown = '';
  const take: TakeEvents = (batch) => {
    for (const event of batch) if (event.type === 'text') shown += event.text;
    return each(batch);
  };
  try {
    await batches(take);
    return { text: shown, error: null };
  } catch (error) {
    return { text: shown, error: error instanceof ChatError ? error.code : 'internal_error' };
  }
}

test('a token that fails before the first word costs one extra try and leaves no trace in the answer', async () => {
  const { batches, record, pool, inFlight } = setUp({
    Z1: [[{ type: 'usage', usage: { inputTokens: 99 } }], 'upstream_auth_failed'],
    Z2: [text('clean '), text('answer'), end],
  });
  assert.deepEqual(await read(batches), { text: 'clean answer', error: null });
  assert.deepEqual(
    record.attempts.map(({ credential, failure, decision }) => [credential, failure?.code ?? null, decision]),
    [
      ['Z1', 'upstream_auth_failed', 'next_credential'],
      ['Z2', null, null],
    ],
  );
  assert.equal(record.usage, null);
  assert.deepEqual([pool.get('Z1')?.health.state, pool.get('Z2')?.ok, inFlight()], ['invalid', 1, 0]);
});

test('after the first word nothing is repeated', async () => {
  const { batches, record, calls } = setUp({ Z1: [text('half'), 'upstream_disconnect'], Z2: [text('whole'), end] });
  assert.deepEqual(await read(batches), { text: 'half', error: 'upstream_disconnect' });
  assert.equal(calls.length, 1);
  assert.equal(record.attempts[0]?.decision, 'answer_begun');
});

test('an answer without an end mark is an error, never a clean end', async () => {
  const { batches } = setUp({ Z1: [text('cut')] });
  assert.deepEqual(await read(batches), { text: 'cut', error: 'upstream_truncated' });
});

test('three attempts at the most', async () => {
  const failing: Step[] = ['upstream_error'];
  const { batches, calls, record } = setUp({ Z1: failing, Z2: failing, Z3: failing, Z4: [text('never'), end] });
  assert.equal((await read(batches)).error, 'upstream_error');
  assert.equal(calls.length, 3);
  assert.equal(record.attempts[2]?.decision, 'attempts_used');
});

test('the client hears why the attempt failed, not that no token was left', async () => {
  const { batches, record } = setUp({ Z1: ['upstream_auth_failed'] });
  assert.equal((await read(batches)).error, 'upstream_auth_failed');
  assert.equal(record.attempts[0]?.decision, 'no_credential_left');
});

for (const code of ['captcha_required', 'model_not_allowed', 'client_version_outdated', 'request_rejected'] as const) {
  test(`${code} is final and punishes no token`, async () => {
    const { batches, calls, pool } = setUp({ Z1: [code], Z2: [text('x'), end] });
    assert.equal((await read(batches)).error, code);
    assert.deepEqual([calls.length, pool.get('Z1')?.health.state], [1, 'ready']);
  });
}

test('an in-band error event ends the attempt like a thrown one', async () => {
  const { batches } = setUp({
    Z1: [[{ type: 'error', error: new ChatError('upstream_rate_limited', 'slow') }]],
    Z2: [text('ok'), end],
  });
  assert.deepEqual(await read(batches), { text: 'ok', error: null });
});

test('a client that leaves closes the upstream and gives the token back unpunished', async () => {
  const { batches, closed, inFlight, pool, controller, record } = setUp({ Z1: [text('a'), text('b'), end] });
  const leave = (): undefined => controller.abort(new ChatError('client_closed', 'gone')) as undefined;
  assert.deepEqual(await read(batches, leave), { text: 'a', error: 'client_closed' });
  assert.deepEqual([closed, inFlight(), pool.get('Z1')?.health.state, pool.get('Z1')?.failed], [['Z1'], 0, 'ready', 0]);
  assert.equal(record.attempts[0]?.failure?.blame, 'client');
});

test('a reader that just stops closes the upstream too', async () => {
  const { batches, closed, inFlight } = setUp({ Z1: [text('a'), text('b'), end] });
  const stop = () => {
    throw new ChatError('client_closed', 'The client stopped reading.');
  };
  assert.deepEqual(await read(batches, stop), { text: 'a', error: 'client_closed' });
  assert.deepEqual([closed, inFlight()], [['Z1'], 0]);
});
