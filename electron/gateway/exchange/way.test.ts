import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelInfo } from '../../../shared/model.ts';
import { ChatError, type ErrorCode } from '../chat/errors.ts';
import type { ChatRequest } from '../chat/request.ts';
import { Pool } from '../pool/pool.ts';
import { storedToken } from '../pool/testing.ts';
import { answer, type Route, type Routes } from './answer.ts';
import { ExchangeRecorder } from './recorder.ts';

const request: ChatRequest = {
  model: 'M', messages: [], tools: [], toolChoice: { type: 'auto' }, sampling: {}, responseFormat: { type: 'text' },
}; // prettier-ignore

/** A provider whose tokens fail with these codes; null answers with the provider's name. */
function route(id: string, tokens: readonly (ErrorCode | null)[] | 'keyless'): Route & { readonly asked: string[] } {
  const model: ModelInfo = {
    id: 'M', provider: id, upstreamId: `${id}-m`, created: 0, contextTokens: null, maxOutputTokens: null, test: false,
    capabilities: { thinking: false, tools: false, vision: false, search: false },
  }; // prettier-ignore
  const asked: string[] = [];
  const pool = new Pool({
    provider: id,
    name: id,
    clock: Date.now,
    policy: () => ({ failureThreshold: 3, recoveryMs: 1_000 }),
    guests: null,
    guestMode: () => false,
    changed: () => {},
  });
  const outcomes = new Map<string, ErrorCode | null>();
  if (tokens !== 'keyless') {
    for (const [at, outcome] of tokens.entries()) {
      const alias = `${id}${at + 1}`;
      outcomes.set(alias, outcome);
      pool.add(storedToken(id, alias));
    }
  }
  return {
    asked,
    model,
    prepare: () => ({ request: { ...request, model: `for ${id}` } }),
    source: {
      pool: tokens === 'keyless' ? null : pool,
      provider: {
        id,
        name: id,
        needsCredential: tokens !== 'keyless',
        models: () => [model],
        refreshModels: async () => {},
        async open(call) {
          assert.deepEqual([call.request.model, call.model.provider], [`for ${id}`, id]);
          const alias = call.credential?.alias ?? id;
          asked.push(alias);
          const outcome = outcomes.get(alias) ?? null;
          if (outcome) throw new ChatError(outcome, `${alias} fails`);
          return (async function* () {
            yield [
              { type: 'text', text: id },
              { type: 'finish', reason: 'stop' },
            ] as const;
          })();
        },
      },
    },
  };
}

async function run(routes: Routes, attempts?: number) {
  const recorder = new ExchangeRecorder(
    { id: 'r', dialect: 'openai-chat', clientKey: null, client: 't', model: 'M', stream: true },
    () => {},
  );
  let text = '';
  const asked = { delivery: 'stream', signal: new AbortController().signal, recorder, attempts } as const;
  const error = await answer(routes, asked, (batch) => {
    for (const event of batch) if (event.type === 'text') text += event.text;
    return undefined;
  }).then(
    () => null,
    (thrown: unknown) => (thrown instanceof ChatError ? thrown.code : String(thrown)),
  );
  const { record } = recorder;
  return {
    text,
    error,
    provider: record.provider,
    steps: record.attempts.map(({ credential, decision }) => [credential, decision]),
  };
}

for (const code of [
  'captcha_required',
  'upstream_blocked',
  'client_version_outdated',
  'upstream_tls',
  'model_not_allowed',
] as const) {
  test(`what another token cannot cure, another provider can: ${code}`, async () => {
    const web = route('web', [code, null]);
    assert.deepEqual(await run([web, route('api', [null])]), {
      text: 'api', error: null, provider: 'api', steps: [['web1', 'next_provider'], ['api1', null]],
    }); // prettier-ignore
    assert.deepEqual(web.asked, ['web1']);
  });
}

test('a fault of the request is the same everywhere', async () => {
  const api = route('api', [null]);
  const { error, steps } = await run([route('web', ['request_rejected']), api]);
  assert.deepEqual([error, steps, api.asked], ['request_rejected', [['web1', 'same_failure']], []]);
});

test('a provider without a token is passed over, and leaves no attempt behind', async () => {
  assert.deepEqual(await run([route('web', []), route('api', [null])]), {
    text: 'api', error: null, provider: 'api', steps: [['api1', null]],
  }); // prettier-ignore
});

test('two tokens of one provider are enough when another is left', async () => {
  const limited = route('web', ['upstream_rate_limited', 'upstream_rate_limited', 'upstream_rate_limited']);
  const { text, steps } = await run([limited, route('here', 'keyless')]);
  assert.equal(text, 'here');
  assert.deepEqual(steps, [['web1', 'next_credential'], ['web2', 'next_provider'], [null, null]]); // prettier-ignore
});

test('a provider whose only token failed hands on to the next, and says so', async () => {
  const { text, steps } = await run([route('web', ['upstream_auth_failed']), route('api', [null])]);
  assert.deepEqual([text, steps], ['api', [['web1', 'next_provider'], ['api1', null]]]); // prettier-ignore
});

test('where nobody has a usable token, the reason that says most is told', async () => {
  const resting = route('web', ['upstream_rate_limited']);
  await run([resting]);
  const { error, steps } = await run([route('api', []), resting, route('other', [])]);
  assert.deepEqual([error, steps], ['no_token_available', []]);
});

test('three attempts in all, however many providers there are', async () => {
  const failing = ['a', 'b', 'c', 'd'].map((id) => route(id, ['upstream_error']));
  const [first, ...rest] = failing;
  assert.ok(first);
  const { error, steps } = await run([first, ...rest]);
  assert.deepEqual([error, steps.length, failing[3]?.asked], ['upstream_error', 3, []]);
});

for (const most of [1, 2, 5])
  test(`as many attempts as the user wants: ${most}`, async () => {
    const failing = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => route(id, ['upstream_error']));
    const [first, ...rest] = failing;
    assert.ok(first);
    const { error, steps } = await run([first, ...rest], most);
    assert.deepEqual([error, steps.length], ['upstream_error', most]);
  });
