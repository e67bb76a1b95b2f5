import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelInfo } from '../../../shared/model.ts';
import { pickModel } from './pick-model.ts';

const model = (id: string, more: Partial<ModelInfo> = {}): ModelInfo => ({
  id, provider: 'zai', upstreamId: id, created: 0, contextTokens: null, maxOutputTokens: null, test: false,
  capabilities: { thinking: false, tools: false, vision: false, search: false }, ...more,
}); // prettier-ignore

test('a canary asks for the smallest model it can tell', () => {
  const cases: [offered: string[], picked: string | undefined][] = [
    [['GLM-5', 'GLM-4.5-Air', 'GLM-4.5-Air-Thinking'], 'GLM-4.5-Air'],
    [['GLM-4.5-Air-Search', 'GLM-5'], 'GLM-5'],
    [['gpt-5', 'gpt-5-mini'], 'gpt-5-mini'],
    [['claude-sonnet-4-5', 'claude-haiku-4-5'], 'claude-haiku-4-5'],
    [['or/google/gemini-3-pro', 'or/google/gemini-3-flash'], 'or/google/gemini-3-flash'],
    [['gemini-3-pro', 'minimax-m3'], 'gemini-3-pro'],
    [['only-thinking'], 'only-thinking'],
    [[], undefined],
  ];
  for (const [offered, picked] of cases) assert.equal(pickModel(offered.map((id) => model(id)))?.id, picked);
});

test('test models are no models of a service', () => {
  assert.equal(pickModel([model('local/echo', { test: true })]), undefined);
});
