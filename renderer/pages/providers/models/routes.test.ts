import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelInfo } from '../../../../shared/model.ts';
import { routesOf } from './routes.ts';

const model = (provider: string, id: string): ModelInfo => ({
  id,
  provider,
  upstreamId: id,
  created: 0,
  capabilities: { thinking: false, tools: false, vision: false, search: false },
  contextTokens: null,
  maxOutputTokens: null,
  test: false,
});

test('a model is asked for at its providers in their order, whatever the case of its name', () => {
  const routes = routesOf([
    [model('zai-api', 'GLM-4.7'), model('zai-api', 'glm-4.7')],
    [model('zai', 'glm-4.7'), model('zai', 'GLM-5')],
    [],
    [model('router', 'GLM-4.7')],
  ]);
  assert.deepEqual(routes.get('glm-4.7'), ['zai-api', 'zai', 'router']);
  assert.deepEqual(routes.get('glm-5'), ['zai']);
  assert.equal(routes.size, 2);
});
