import assert from 'node:assert/strict';
import { test } from 'node:test';
import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';
import type { ModelInfo } from '../../../../shared/model.ts';
import { modelBody, modelListBody } from './models.ts';

const model: ModelInfo = {
  id: 'GLM-4.6V',
  provider: 'zai',
  upstreamId: 'glm-4.6v',
  created: 1_759_190_400,
  capabilities: { thinking: true, tools: true, vision: true, search: false },
  contextTokens: 128_000,
  maxOutputTokens: 16_000,
  test: false,
};
const entry = modelBody({ name: 'eyes', model });

test('an entry has what the SDKs of OpenAI and Anthropic declare', () => {
  const openai: OpenAI.Models.Model = entry;
  assert.deepEqual(
    [openai.id, openai.object, openai.created, openai.owned_by],
    ['eyes', 'model', 1_759_190_400, 'zai'],
  );
  const anthropic: Anthropic.Models.ModelInfo = entry;
  assert.deepEqual(
    [anthropic.type, anthropic.display_name, anthropic.created_at, anthropic.max_input_tokens, anthropic.max_tokens],
    ['model', 'eyes', '2025-09-30T00:00:00Z', 128_000, 16_000],
  );
  const can = anthropic.capabilities;
  assert.deepEqual(
    [can?.thinking.supported, can?.image_input.supported, can?.server_tools.web_search.supported],
    [true, true, false],
  );
});

test('an entry has what model pickers know from OpenRouter, and the model behind an alias', () => {
  assert.equal(entry.canonical_slug, 'GLM-4.6V');
  assert.deepEqual([entry.context_length, entry.max_output_tokens], [128_000, 16_000]);
  assert.deepEqual(entry.architecture.input_modalities, ['text', 'image']);
  for (const parameter of ['tools', 'reasoning', 'include_reasoning'])
    assert.ok(entry.supported_parameters.includes(parameter), parameter);
  assert.ok(!entry.supported_parameters.includes('web_search_options'));
});

test('what is not known is not said as a number', () => {
  const unknown = modelBody({ name: 'm', model: { ...model, contextTokens: null, maxOutputTokens: null } });
  assert.ok(!('context_length' in unknown) && !('max_output_tokens' in unknown));
  assert.deepEqual([unknown.max_input_tokens, unknown.top_provider.context_length], [null, null]);
});

test('a list is one page', () => {
  const { data, ...page } = modelListBody([
    { name: 'GLM-4.6V', model },
    { name: 'eyes', model },
  ]);
  assert.deepEqual(page, { object: 'list', has_more: false, first_id: 'GLM-4.6V', last_id: 'eyes' });
  assert.deepEqual(data[1], entry);
  assert.deepEqual(modelListBody([]), { ...page, data: [], first_id: null, last_id: null });
});
