import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readModels } from './models.ts';

const only = (entry: object) => readModels({ data: [entry] })?.[0];

describe('a list of models', () => {
  const cases: readonly (readonly [string, object, object])[] = [
    ['OpenAI', { id: 'gpt-4o', object: 'model', created: 1_715_367_049, owned_by: 'system' }, { created: 1_715_367_049, contextTokens: null, capabilities: { thinking: false, tools: true, vision: true, search: false } }],
    [
      'OpenRouter',
      { id: 'acme/x', created: 1_700_000_000, context_length: 131_072, architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] }, top_provider: { max_completion_tokens: 32_768 }, supported_parameters: ['tools', 'reasoning', 'response_format'] },
      { contextTokens: 131_072, maxOutputTokens: 32_768, capabilities: { thinking: true, tools: true, vision: true, search: false } },
    ],
    [
      'OpenRouter, without tools and formats',
      { id: 'acme/gpt-4o', architecture: { input_modalities: ['text'], output_modalities: ['text'] }, supported_parameters: ['temperature'] },
      { toolMode: 'injected', jsonMode: 'injected', capabilities: { thinking: false, tools: false, vision: false, search: false } },
    ],
    ['LM Studio', { id: 'qwen2-vl-7b', type: 'vlm', max_context_length: 32_768, capabilities: ['tool_use'] }, { contextTokens: 32_768, capabilities: { thinking: false, tools: true, vision: true, search: false } }],
    ['vLLM', { id: 'meta/llama', max_model_len: 8_192 }, { contextTokens: 8_192 }],
    ['Groq', { id: 'llama-3.3-70b', context_window: 131_072, max_completion_tokens: 32_768 }, { contextTokens: 131_072, maxOutputTokens: 32_768 }],
    ['Moonshot', { id: 'kimi-x', context_length: 262_144, supports_image_in: true, supports_reasoning: true }, { contextTokens: 262_144, capabilities: { thinking: true, tools: true, vision: true, search: false } }],
    ['Mistral', { id: 'mistral-x', max_context_length: 32_768, capabilities: { completion_chat: true, function_calling: false, vision: true } }, { toolMode: 'injected', contextTokens: 32_768 }],
    ['llama.cpp', { id: 'model.gguf', meta: { n_ctx_train: 4_096 } }, { contextTokens: 4_096 }],
    ['DeepSeek', { id: 'deepseek-reasoner', object: 'model' }, { created: 1_704_067_200, capabilities: { thinking: true, tools: true, vision: false, search: false } }],
    ['milliseconds', { id: 'x', created: 1_700_000_000_123 }, { created: 1_700_000_000 }],
    ['Gemini', { id: 'models/gemini-2.5-pro' }, { upstreamId: 'gemini-2.5-pro' }],
  ]; // prettier-ignore
  for (const [name, entry, expected] of cases) {
    it(`of ${name}`, () => {
      const model = only(entry) ?? assert.fail('no model');
      assert.deepEqual({ ...model, ...expected }, model);
    });
  }

  it('leaves out what is no chat model', () => {
    for (const entry of [
      { id: 'text-embedding-3-small' },
      { id: 'whisper-1' },
      { id: 'tts-1-hd' },
      { id: 'dall-e-3' },
      { id: 'omni-moderation-latest' },
      { id: 'BAAI/bge-m3' },
      { id: 'gpt-4o-transcribe' },
      { id: 'x', type: 'embeddings' },
      { id: 'x', type: 'embedding' },
      { id: 'x', architecture: { output_modalities: ['image'] } },
      { id: 'x', capabilities: { completion_chat: false } },
    ])
      assert.equal(only(entry), undefined, JSON.stringify(entry));
    for (const id of ['gpt-4o', 'o3', 'whisperer/large', 'attspeed', 'qwen3:8b']) assert.ok(only({ id }), id);
  });

  it('may be bare, under another name, or an error', () => {
    assert.equal(readModels([{ id: 'a' }])?.length, 1);
    assert.equal(readModels({ models: [{ name: 'a' }] })?.length, 1);
    for (const reply of [null, 7, 'x', {}, { data: 'x' }, { error: {} }]) assert.equal(readModels(reply), undefined);
  });

  it('is cleaned and has an end', () => {
    const hostile = ['<img src=x onerror=alert(1)>', '', ' x', 'a\nb', 'x'.repeat(300), 'ok', 'OK', 7];
    assert.deepEqual(
      readModels({ data: hostile.map((id) => ({ id })) })?.map(({ upstreamId }) => upstreamId),
      ['ok'],
    );
    const many = Array.from({ length: 5_000 }, (_, index) => ({ id: `m${index}` }));
    assert.equal(readModels({ data: [null, 'x', ...many] })?.length, 1_000);
  });
});
