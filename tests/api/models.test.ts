/** What a name is answered by, and what is listed. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { Product } from './product.ts';
import { errorOf } from './shapes.ts';

const messages = [{ role: 'user', content: 'Hello' }];
const Entry = z.looseObject({
  id: z.string(),
  canonical_slug: z.string(),
  supported_parameters: z.array(z.string()),
  capabilities: z.looseObject({ thinking: z.looseObject({ supported: z.boolean() }) }),
});
const List = z.looseObject({ object: z.literal('list'), data: z.array(Entry), has_more: z.literal(false) });

let product: Product;
before(async () => {
  product = await Product.start({ MODEL_ALIASES: 'quick=nowhere|local/echo, gpt-4*=local/echo, gone=nowhere' });
});
after(() => product.stop());

test('an alias answers under the name that was asked, and the row of Logs has both', async () => {
  for (const model of ['quick', 'QUICK[1m]', 'gpt-4o']) {
    const reply = await product.chat({ model, messages });
    assert.equal(reply.status, 200, reply.text);
    assert.equal(z.object({ model: z.string() }).parse(reply.json()).model, model);
    const row = await product.row(String(reply.headers['x-request-id']));
    assert.deepEqual([row.model, row.resolvedModel, row.provider], [model, 'local/echo', 'local']);
  }
  const reply = await product.ask('/v1/messages', { model: 'gpt-4.1', max_tokens: 10, messages });
  assert.equal(reply.status, 200, reply.text);
});

test('names that clients ask for by themselves reach a model of Z.AI', async () => {
  for (const [model, answerer] of [
    ['claude-sonnet-4-5', 'GLM-5'],
    ['gpt-5-nano', 'GLM-4.5-Air'],
    ['o3', 'GLM-4.7-Thinking'],
  ] as const) {
    const reply = await product.chat({ model, messages });
    const row = await product.row(String(reply.headers['x-request-id']));
    // Nobody has a token, so the first that offers it stands for all.
    assert.deepEqual([row.resolvedModel, row.provider], [answerer, 'zai-api'], model);
  }
});

test('the list has the models and the exact aliases, each with what it can do', async () => {
  const list = List.parse((await product.ask('/v1/models')).json());
  const names = new Set(list.data.map(({ id }) => id));
  assert.ok(names.has('GLM-4.7') && names.has('quick'));
  for (const hidden of ['gpt-4*', 'gone', 'claude-*', 'haiku']) assert.ok(!names.has(hidden), hidden);
  const script = list.data.find(({ id }) => id === 'local/script');
  assert.ok(script?.capabilities.thinking.supported && script.supported_parameters.includes('tools'));
  const version = { 'anthropic-version': '2023-06-01' };
  assert.deepEqual((await product.ask('/v1/models', undefined, version)).json(), list, 'one shape for all clients');
});

test('one entry: of a model, an alias that is listed, and one that is not', async () => {
  for (const [name, id, slug] of [
    ['local/echo', 'local/echo', 'local/echo'],
    ['quick', 'quick', 'local/echo'],
    ['haiku', 'haiku', 'GLM-4.5-Air'],
  ] as const) {
    const entry = Entry.parse((await product.ask(`/v1/models/${name}`)).json());
    assert.deepEqual([entry.id, entry.canonical_slug], [id, slug]);
  }
  const gone = errorOf(await product.ask('/v1/models/gone'), 404, 'model_not_found');
  assert.match(gone.message, /stands for nowhere, which is not offered.*GLM-/);
  assert.match(errorOf(await product.chat({ model: 'x', messages }), 404, 'model_not_found').message, /GLM-/);
});

test('a start that would hide a model, or with an alias that is none, is refused in a sentence', async () => {
  await assert.rejects(
    Product.start({ GLM45_MODEL: 'GLM-4.7-Thinking' }),
    /GLM-4\.5 and GLM-4\.7-Thinking would both be called GLM-4\.7-Thinking \(GLM45_MODEL\)/,
  );
  await assert.rejects(Product.start({ MODEL_ALIASES: 'fast' }), /MODEL_ALIASES is not allowed: it must be .*"fast"/);
});
