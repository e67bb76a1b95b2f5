import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guess } from '../wire/openai-chat/guess.ts';
import { described, knownModels, variantOf } from './models.ts';

const named = (id: string) => knownModels.find((model) => model.id === id);

describe('models of the API', () => {
  it('have the names of the web chat, and the vendor’s own ids', () => {
    for (const id of ['GLM-4.5', 'GLM-4.5-Thinking', 'GLM-4.5-Search', 'GLM-4.5-Air', 'GLM-4.6V', 'GLM-5', 'GLM-4.7', 'GLM-4.7-Thinking', 'GLM-4.7-Search'])
      assert.ok(named(id), id); // prettier-ignore
    assert.equal(named('GLM-4.7-Thinking')?.upstreamId, 'glm-4.7');
    assert.equal(new Set(knownModels.map(({ id }) => id?.toLowerCase())).size, knownModels.length);
  });

  it('think unasked where they cannot be asked not to', () => {
    assert.equal(named('GLM-5.3-Thinking'), undefined);
    assert.ok(named('GLM-5.3-Search'));
  });

  it('see where their name says so', () => {
    const seeing = knownModels.filter(({ capabilities }) => capabilities.vision).map(({ id }) => id);
    assert.deepEqual(seeing, ['GLM-5.3-Flash', 'GLM-4.6V', 'GLM-4.6V-Flash', 'GLM-4.5V']);
  });

  it('are taken from the table where the service lists them, and else from their names', () => {
    assert.deepEqual(described(guess('glm-4.7'))?.map(({ id }) => id), ['GLM-4.7', 'GLM-4.7-Thinking', 'GLM-4.7-Search']); // prettier-ignore
    assert.equal(described(guess('glm-4.7'))?.[0]?.maxOutputTokens, 128_000);
    assert.deepEqual(described(guess('glm-5v-turbo'))?.map(({ id, capabilities }) => [id, capabilities.vision]), [['GLM-5v-turbo', true]]); // prettier-ignore
    assert.equal(described(guess('glm-4-plus'))?.[0]?.capabilities.thinking, false);
    for (const other of ['cogview-4', 'embedding-3', 'charglm-4']) assert.equal(described(guess(other)), null);
  });

  for (const [id, upstreamId, variant] of [
    ['GLM-4.7', 'glm-4.7', undefined],
    ['GLM-4.7-Thinking', 'glm-4.7', 'thinking'],
    ['GLM-4.7-Search', 'glm-4.7', 'search'],
    ['GLM-4.1v-thinking', 'glm-4.1v-thinking', undefined],
  ] as const) {
    it(`${id} of ${upstreamId} asks for ${variant ?? 'nothing'}`, () =>
      assert.equal(variantOf({ id, upstreamId }), variant));
  }
});
