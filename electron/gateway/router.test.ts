import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelInfo } from '../../shared/model.ts';
import type { ProviderId } from '../../shared/provider.ts';
import type { Provider } from './providers/provider.ts';
import { createRouter } from './router.ts';

const model = (provider: ProviderId, id: string): ModelInfo => ({
  id, provider, upstreamId: id, created: 0, contextTokens: null, maxOutputTokens: null, test: false,
  capabilities: { thinking: false, tools: false, vision: false, search: false },
}); // prettier-ignore

function setUp(off: ProviderId[] = []) {
  const source = (id: ProviderId, names: string[]) => {
    const provider: Provider = {
      id,
      name: id,
      needsCredential: false,
      models: () => names.map((name) => model(id, name)),
      refreshModels: async () => {},
      open: async () => (async function* () {})(),
    };
    return { provider, pool: null };
  };
  const sources = [source('zai', ['GLM-4.5', 'GLM-4.5-Air', 'shared']), source('local', ['local/echo', 'shared'])];
  return createRouter(
    () => sources,
    (id) => !off.includes(id),
  );
}

test('names are found without regard to case, and as provider/model', () => {
  const router = setUp();
  assert.equal(router.resolve('glm-4.5-AIR').model.id, 'GLM-4.5-Air');
  assert.equal(router.resolve('zai/GLM-4.5').model.id, 'GLM-4.5');
  assert.equal(router.resolve('local/echo').source.provider.id, 'local');
});

test('two providers with the same name: the first answers, the other by its full name', () => {
  const router = setUp();
  assert.equal(router.resolve('shared').source.provider.id, 'zai');
  assert.equal(router.resolve('local/shared').source.provider.id, 'local');
  assert.deepEqual(
    router.models().map(({ id }) => id),
    ['GLM-4.5', 'GLM-4.5-Air', 'shared', 'local/echo'],
  );
});

test('an unknown model is refused with a hint, never answered by another', () => {
  assert.throws(() => setUp().resolve('GLM45'), /Did you mean GLM-4\.5\?/);
  assert.throws(() => setUp().resolve('llama-9'), { code: 'model_not_found', status: 404, param: 'model' });
  assert.throws(
    () => setUp().resolve('x'.repeat(10_000)),
    (error) => error instanceof Error && error.message.length < 300,
  );
  assert.throws(() => setUp().resolve(''), { code: 'model_not_found' });
});

test('a provider that is switched off says so, and its models are not listed', () => {
  const router = setUp(['zai']);
  assert.throws(() => router.resolve('GLM-4.5'), { code: 'provider_disabled' });
  assert.deepEqual(
    router.models().map(({ id }) => id),
    ['local/echo', 'shared'],
  );
});

test('names that clients ask for by themselves are answered by what is offered', () => {
  assert.equal(setUp().resolve('claude-sonnet-4-5[1m]').model.id, 'GLM-4.5');
  assert.equal(setUp().resolve('haiku').model.id, 'GLM-4.5-Air');
  assert.throws(() => setUp(['zai']).resolve('claude-sonnet-4-5'), { code: 'model_not_found' });
});
