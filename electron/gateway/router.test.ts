import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelInfo } from '../../shared/model.ts';
import type { ProviderId } from '../../shared/provider.ts';
import type { Alias } from './aliases.ts';
import { Pool } from './pool/pool.ts';
import type { Provider } from './providers/provider.ts';
import { createRouter } from './router.ts';

const model = (provider: ProviderId, id: string): ModelInfo => ({
  id, provider, upstreamId: id, created: 0, contextTokens: null, maxOutputTokens: null, test: false,
  capabilities: { thinking: false, tools: false, vision: false, search: false },
}); // prettier-ignore

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

function setUp(off: ProviderId[] = [], own: Alias[] = [], useDefaults = true, modelsOff: string[] = []) {
  const sources = [source('zai', ['GLM-4.5', 'GLM-4.5-Air', 'shared']), source('local', ['local/echo', 'shared'])];
  return createRouter(
    () => sources,
    (id) => !off.includes(id),
    { own: () => own, useDefaults: () => useDefaults, off: () => modelsOff },
  );
}

test('names are found without regard to case, and as provider/model', () => {
  const router = setUp();
  assert.equal(router.resolve('glm-4.5-AIR')[0].model.id, 'GLM-4.5-Air');
  assert.equal(router.resolve('zai/GLM-4.5')[0].model.id, 'GLM-4.5');
  assert.equal(router.resolve('local/echo')[0].source.provider.id, 'local');
});

test('two providers with the same name: the first answers, the other by its full name', () => {
  const router = setUp();
  assert.equal(router.resolve('shared')[0].source.provider.id, 'zai');
  assert.equal(router.resolve('local/shared')[0].source.provider.id, 'local');
  assert.deepEqual(
    router.list().map(({ name }) => name),
    ['GLM-4.5', 'GLM-4.5-Air', 'shared', 'local/echo', 'local/shared'],
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
    router.list().map(({ name }) => name),
    ['local/echo', 'shared'],
  );
});

test('names that clients ask for by themselves are answered by what is offered', () => {
  assert.equal(setUp().resolve('claude-sonnet-4-5[1m]')[0].model.id, 'GLM-4.5');
  assert.equal(setUp().resolve('haiku')[0].model.id, 'GLM-4.5-Air');
  assert.equal(setUp().resolve('gpt-4o-mini')[0].model.id, 'GLM-4.5-Air');
  assert.throws(() => setUp(['zai']).resolve('claude-sonnet-4-5'), { code: 'model_not_found' });
  assert.throws(() => setUp([], [], false).resolve('gpt-4o'), { code: 'model_not_found' });
  assert.throws(() => setUp().resolve('gpt-oss-20b'), /"gpt-oss-20b" is not offered/);
});

const own: Alias[] = [
  { pattern: 'quick', targets: ['GLM-4.5-Air', 'local/echo'] },
  { pattern: 'GLM-4.5', targets: ['local/echo'] },
  { pattern: 'gpt-4*', targets: ['nowhere', 'Local/Shared'] },
  { pattern: 'gone', targets: ['nowhere'] },
  { pattern: 'gpt-5', targets: ['nowhere'] },
];

test("the user's aliases go before the default ones, and take the first target that is offered", () => {
  assert.equal(setUp([], own).resolve('QUICK[1m]')[0].model.id, 'GLM-4.5-Air');
  assert.equal(setUp(['zai'], own).resolve('quick')[0].model.id, 'local/echo');
  assert.equal(setUp([], own).resolve('gpt-4.1')[0].source.provider.id, 'local');
  assert.equal(setUp([], own).resolve('gpt-5.1')[0].model.id, 'GLM-4.5', 'a default one, where none of the own fits');
});

test("a name that the user has given is the user's, whatever a service calls its models", () => {
  const router = setUp([], own);
  assert.equal(router.resolve('glm-4.5')[0].model.id, 'local/echo');
  assert.equal(router.resolve('zai/glm-4.5')[0].source.provider.id, 'zai', 'the model keeps its full name');
  assert.equal(setUp(['local'], own).resolve('glm-4.5')[0].source.provider.id, 'zai', 'while no target is offered');
  const names = router.list().map((entry) => `${entry.name} = ${entry.model.id}`);
  assert.ok(names.includes('zai/GLM-4.5 = GLM-4.5') && names.includes('GLM-4.5 = local/echo'), names.join(', '));
  assert.equal(new Set(names.map((name) => name.split(' ')[0])).size, names.length);
});

test('a pattern never hides a model, and a default one not even a model that is switched off', () => {
  const hiding = [{ pattern: 'GLM-*', targets: ['local/echo'] }];
  assert.equal(setUp([], hiding).resolve('glm-4.5')[0].source.provider.id, 'zai');
  const router = setUp(['zai'], [{ pattern: 'GLM-4.5-*', targets: ['local/echo'] }]);
  assert.equal(router.resolve('GLM-4.5-Air')[0].model.id, 'local/echo');
  assert.throws(() => router.resolve('GLM-4.5'), { code: 'provider_disabled' });
});

test('an alias without a target that is offered says so, with the names there are', () => {
  const refused = { code: 'model_not_found', message: 'The model "gpt-5" stands for nowhere, which is not offered.' };
  assert.throws(() => setUp([], own).resolve('gpt-5'), refused);
  assert.throws(() => setUp([], own).resolve('gone'), {
    hint: /zai\/GLM-4\.5, GLM-4\.5-Air, shared, local\/echo.*quick/,
  });
  assert.throws(() => setUp(['zai', 'local']).resolve('x'), { hint: /^No model is offered/ });
});

test("the user's exact aliases are listed while they can be answered, patterns and default ones are not", () => {
  assert.deepEqual(
    setUp([], own)
      .list()
      .slice(-2)
      .map(({ name, model: { id } }) => [name, id]),
    [
      ['quick', 'GLM-4.5-Air'],
      ['GLM-4.5', 'local/echo'],
    ],
  );
});

test('the entry of a name is the one of the list; that of an alias has the name that was asked for', () => {
  const router = setUp([], own);
  for (const [asked, name, id] of [
    ['glm-4.5-air', 'GLM-4.5-Air', 'GLM-4.5-Air'],
    ['zai/GLM-4.5-Air', 'GLM-4.5-Air', 'GLM-4.5-Air'],
    ['zai/GLM-4.5', 'zai/GLM-4.5', 'GLM-4.5'],
    ['GLM-4.5', 'GLM-4.5', 'local/echo'],
    ['local/shared', 'local/shared', 'shared'],
    ['quick', 'quick', 'GLM-4.5-Air'],
    ['haiku', 'haiku', 'GLM-4.5-Air'],
  ] as const)
    assert.deepEqual([router.entry(asked).name, router.entry(asked).model.id], [name, id], asked);
  assert.throws(() => router.entry('no-such-model'), { code: 'model_not_found' });
});

test('who has something to answer with comes first, and who has not is not listed twice', () => {
  const empty = new Pool({
    provider: 'zai-api',
    name: 'Z.AI API',
    clock: Date.now,
    policy: () => ({ failureThreshold: 3, recoveryMs: 1 }),
    guests: null,
    guestMode: () => false,
    changed: () => {},
  });
  const sources = [{ ...source('zai-api', ['GLM-5', 'GLM-5.3']), pool: empty }, source('zai', ['GLM-5'])];
  const router = createRouter(
    () => sources,
    () => true,
    { own: () => [], useDefaults: () => true, off: () => [] },
  );
  assert.deepEqual(
    router.resolve('glm-5').map(({ model: { provider } }) => provider),
    ['zai', 'zai-api'],
  );
  assert.deepEqual(
    router.list().map(({ name }) => name),
    ['GLM-5', 'GLM-5.3'],
  );
});

test('a model that is switched off is not listed and not asked; the next provider that has it is', () => {
  const router = setUp([], [{ pattern: 'mine', targets: ['GLM-4.5', 'GLM-4.5-Air'] }], true, [
    'zai/shared',
    'ZAI/glm-4.5',
  ]);
  assert.equal(router.resolve('shared')[0].source.provider.id, 'local');
  assert.equal(router.resolve('mine')[0].model.id, 'GLM-4.5-Air');
  assert.deepEqual(
    router.list().map(({ name }) => name),
    ['GLM-4.5-Air', 'local/echo', 'shared', 'mine'],
  );
  for (const name of ['GLM-4.5', 'zai/GLM-4.5', 'zai/shared'])
    assert.throws(() => router.resolve(name), { code: 'model_not_found', message: /is switched off/ });
});
