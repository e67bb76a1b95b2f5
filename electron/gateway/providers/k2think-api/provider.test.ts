import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  scripts,
  startOpenAiSimulator,
  type OpenAiSimulator,
} from '../../../../tests/simulators/openai-upstream/simulator.ts';
import type { Provider } from '../provider.ts';
import { ask, realContext, type Asked } from '../wire/shared/testing/ask.ts';
import { createK2ThinkApiProvider } from './provider.ts';

const secret = 'sk-good-key';
const { context, memory } = realContext();
let site: OpenAiSimulator;
let provider: Provider;
before(async () => {
  site = await startOpenAiSimulator();
});
after(async () => {
  await context.network.close();
  await site.close();
});
beforeEach(() => {
  memory.clear();
  provider = createK2ThinkApiProvider(context, { baseUrl: `${site.url}/v1/` });
  site.settings.models = null;
  site.answer(scripts.answer({ text: 'Let me see.\n</think>\n\nFour.' }));
  site.seen.length = 0;
});

const signal = new AbortController().signal;
const model = (end = 'v2') => provider.models().find(({ id }) => id.endsWith(end)) ?? assert.fail();
const asked = (more: Asked = {}) => ask(provider, { secret, model: model(), ...more });

describe('the API of K2 Think', () => {
  it('offers its models before anybody has asked, the newer first', () => {
    assert.deepEqual(
      provider
        .models()
        .map(({ id, toolMode, jsonMode, earlierReasoning }) => [id, toolMode, jsonMode, earlierReasoning]),
      ['MBZUAI-IFM/K2-Think-v2', 'MBZUAI-IFM/K2-Think'].map((id) => [id, 'injected', 'injected', 'none']),
    );
  });

  it('has reasoning in its text up to an end tag', async () => {
    for (const delivery of ['stream', 'whole'] as const) {
      const { reasoning, text, finish } = await asked({ delivery });
      assert.deepEqual([reasoning.trim(), text, finish], ['Let me see.', 'Four.', 'stop']);
    }
  });

  it('adds pieces up, also those that begin as the text so far does', async () => {
    site.answer(scripts.raw(...['a', 'ab', 'abc</think>x', 'xx'].map((content) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`), 'data: [DONE]\n\n')); // prettier-ignore
    const { reasoning, text } = await asked();
    assert.deepEqual([reasoning, text], ['aababc', 'xxx']);
  });

  it('reads both generations', async () => {
    site.answer(scripts.answer({ text: '<think>Why?</think>Because.' }));
    const { reasoning, text } = await asked({ model: model('K2-Think') });
    assert.deepEqual([reasoning, text], ['Why?', 'Because.']);
    site.answer(scripts.answer({ text: 'Plain.' }));
    const plain = await asked({ model: model('K2-Think') });
    assert.deepEqual([plain.reasoning, plain.text], ['', 'Plain.']);
  });

  it('gets system text in front of the first words of the user, also when a client of its own dialect asks', async () => {
    const messages = [
      { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
    ] as const;
    const body = {
      model: 'x',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
    };
    await asked({ request: { messages }, original: { dialect: 'openai-chat', body, headers: {} } });
    assert.deepEqual(site.seen[0]?.body['messages'], [{ role: 'user', content: 'Be brief.\n\nHi' }]);
    assert.equal(site.seen[0]?.body['model'], 'MBZUAI-IFM/K2-Think-v2');
  });

  it('is not asked for what it cannot do', async () => {
    const { notices } = await asked({ request: { thinking: { enabled: false } } });
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['thinking_always_on'],
    );
    const image = { role: 'user', content: [{ type: 'image', url: 'data:image/png;base64,AA==' }] } as const;
    assert.equal((await asked({ request: { messages: [image] } })).error?.code, 'images_not_supported');
  });

  it('says of a key whether it is good, with a list of models and without', async () => {
    assert.equal((await provider.verify?.(secret, signal))?.outcome, 'user');
    assert.equal((await provider.verify?.('sk-another-key', signal))?.outcome, 'invalid');
    site.settings.models = [{ id: 'MBZUAI-IFM/K2-Think-v3', object: 'model' }];
    assert.equal((await provider.verify?.(secret, signal))?.outcome, 'user');
    assert.deepEqual(
      provider.models().map(({ id, toolMode, capabilities }) => [id, toolMode, capabilities.vision]),
      [['MBZUAI-IFM/K2-Think-v3', 'injected', false]],
    );
  });

  it('tells why it failed', async () => {
    assert.equal((await asked({ secret: 'sk-another-key' })).error?.code, 'upstream_auth_failed');
    site.answer(scripts.refused(400, null, 'Model not found'));
    assert.equal((await asked()).error?.code, 'model_not_found');
    site.answer(scripts.fin(2));
    assert.equal((await asked()).error?.code, 'upstream_truncated');
  });
});
