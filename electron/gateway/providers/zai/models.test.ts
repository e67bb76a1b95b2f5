import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCatalogue } from './catalogue.ts';
import { modelTable, renamingVariables } from './model-table.ts';
import { Models } from './models.ts';
import { contextWith, setupWith } from './testing/context.ts';

const live = (id: string, name: string, capabilities: object = {}, more: object = {}) => ({
  id,
  name,
  info: { params: { max_tokens: 128_000 }, meta: { capabilities, ...more } },
});

const reply = {
  data: [
    live('glm-5.3', 'GLM-5.3', { think: true, web_search: true, reasoning_effort: true }),
    live('x-preview-l', 'GLM-5.3 Flash', { vision: true }),
    live('glm-5', 'GLM-5', { think: true, web_search: true, reasoning_effort: true }),
    live('deep-research', 'Deep Research'),
    live('secret', 'Secret', {}, { hidden: true }),
    live('glm-4.7', '<img src=x onerror=alert(1)>'),
    live('../../x', 'GLM-4.9'),
    live('glm-5.3-again', 'glm-5.3'),
    null,
    'glm',
    { id: 7 },
  ],
};

function modelsWith(body: unknown, status = 200, names: Record<string, string> = {}) {
  const context = contextWith(async () => ({ status, body: typeof body === 'string' ? body : JSON.stringify(body) }));
  return new Models(context, setupWith({ modelNames: names }));
}

const signal = new AbortController().signal;

describe('catalogue', () => {
  it('offers live models with the variants they can do, and nothing odd', () => {
    const names = readCatalogue(reply, 1000)?.map((model) => model.name);
    const variants = ['GLM-5.3', 'GLM-5.3-Thinking', 'GLM-5.3-Search', 'GLM-5.3-Flash', 'GLM-5', 'GLM-5-Thinking'];
    assert.deepEqual(names, [...variants, 'GLM-5-Search', 'glm-4.7']);
  });

  it('is bounded', () => {
    const data = Array.from({ length: 100_000 }, (_, index) => live(`m-${index}`, `M ${index}`));
    assert.equal(readCatalogue({ data }, 1000)?.length, 1000);
  });

  for (const nonsense of [undefined, null, [], {}, { data: [] }, { data: {} }, { data: [1, 2] }, '<html>']) {
    it(`is not ${JSON.stringify(nonsense)}`, () => assert.equal(readCatalogue(nonsense, 10), undefined));
  }
});

describe('models', () => {
  it('offers the table before anybody was asked', () => {
    const models = modelsWith(reply);
    assert.deepEqual(
      models.list().map((model) => model.id),
      modelTable.map((model) => model.name),
    );
    assert.ok(models.list().every((model) => model.provider === 'zai' && !model.test));
  });

  it('adds what is live; the table knows its own models better', async () => {
    const models = modelsWith(reply);
    await models.refresh(signal);
    const byId = new Map(models.list().map((model) => [model.id, model]));
    const glm5 = byId.get('GLM-5');
    assert.ok(glm5 && byId.has('GLM-5.3-Search') && byId.has('GLM-5-Thinking'));
    assert.equal(models.traits(glm5).storedChat, false);
    assert.equal(models.traits(glm5).thinking, true);
    assert.equal(models.traits(glm5).graded, true);
    const variant = models.traits(byId.get('GLM-5-Search') ?? assert.fail());
    assert.deepEqual([variant.storedChat, variant.search, variant.thinking], [false, true, false]);
    assert.equal(byId.get('GLM-4.7')?.upstreamId, 'glm-4.7');
  });

  it('keeps the last good list', async () => {
    let body: unknown = reply;
    const context = contextWith(async () => ({ status: 200, body: JSON.stringify(body) }));
    const models = new Models(context, setupWith());
    await models.refresh(signal);
    const before = models.list();
    body = { data: [] };
    await models.refresh(signal);
    assert.equal(models.list(), before);
  });

  it('renames', async () => {
    const models = modelsWith(reply, 200, { GLM45_MODEL: 'gpt-4o', GLM5_MODEL: 'my-glm', NOBODY: 'x' });
    await models.refresh(signal);
    const ids = new Set(models.list().map((model) => model.id));
    assert.ok(ids.has('gpt-4o') && ids.has('my-glm'));
    assert.ok(!ids.has('GLM-4.5') && !ids.has('GLM-5') && ids.has('GLM-4.5-Thinking'));
  });

  it('still knows how to ask for a model that is no longer listed', () => {
    const info = { ...(modelsWith(reply).list()[0] ?? assert.fail()), id: 'GLM-9-Thinking', upstreamId: 'glm-9' };
    const { thinking, search, upstreamId } = modelsWith(reply).traits(info);
    assert.deepEqual({ thinking, search, upstreamId }, { thinking: true, search: false, upstreamId: 'glm-9' });
  });

  it('has a variable for every name of the table', () => {
    const renamed = new Set(Object.values(renamingVariables));
    assert.deepEqual(
      modelTable.filter((model) => !renamed.has(model.name)),
      [],
    );
  });
});
