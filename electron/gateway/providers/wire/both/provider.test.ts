import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as messagesSite from '../../../../../tests/simulators/anthropic-upstream/simulator.ts';
import * as chatSite from '../../../../../tests/simulators/openai-upstream/simulator.ts';
import type { ModelInfo } from '../../../../../shared/model.ts';
import type { Original, Provider } from '../../provider.ts';
import { ask, modelNamed, realContext } from '../shared/testing/ask.ts';
import { createBothBases } from './provider.ts';

const secret = 'sk-both-good';
const { context } = realContext();
let chat: chatSite.OpenAiSimulator;
let messages: messagesSite.AnthropicSimulator;
let provider: Provider;

before(async () => {
  chat = await chatSite.startOpenAiSimulator({ keys: [secret] });
  messages = await messagesSite.startAnthropicSimulator({ keys: [secret] });
  provider = createBothBases(
    context,
    { id: 'acme', name: 'Acme', base: `${chat.url}/v1`, headers: { 'x-team': 'blue' } },
    {
      root: messages.url,
      auth: 'bearer',
      refuses: ['top_k', 'service_tier'],
      traits: (id) => ({ thinking: 'switch', thinkingOff: id !== 'always' }),
    },
  );
});
after(async () => {
  await Promise.all([chat.close(), messages.close(), context.network.close()]);
});
beforeEach(() => {
  chat.seen.length = 0;
  messages.seen.length = 0;
  messages.answer(messagesSite.scripts.answer());
});

const bodyOf = (more: object = {}) => ({
  model: 'claude-sonnet-4-5',
  max_tokens: 2_000,
  messages: [{ role: 'user', content: 'Hello' }],
  ...more,
});
const original = (body: object, dialect: Original['dialect'] = 'anthropic-messages'): Original => ({
  dialect,
  body: { ...body },
  headers: { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'one-2026' },
});
const forwarded = (more: object = {}, model: ModelInfo = modelNamed('m')) =>
  ask(provider, { secret, model, original: original(bodyOf(more)) });

describe('a service with two bases', () => {
  it('hands on what a Messages client has written, with the one key', async () => {
    const { verbatim, text, error, marks } = await forwarded({ metadata: { user_id: 'u' } });
    assert.equal(error, undefined);
    assert.match(verbatim, /^event: message_start\n[\s\S]*event: message_stop\n/);
    assert.equal(text, 'You said: Hello');
    assert.deepEqual(marks, ['connected', 'headers']);
    assert.equal(chat.seen.length, 0);
    const [seen] = messages.seen;
    assert.deepEqual(seen?.body, { ...bodyOf({ metadata: { user_id: 'u' } }), model: 'm', stream: true });
    assert.equal(seen.headers.authorization, `Bearer ${secret}`);
    assert.equal(seen.headers['x-api-key'], undefined);
    assert.deepEqual([seen.headers['anthropic-beta'], seen.headers['x-team']], ['one-2026', 'blue']);
  });

  it('asks the first base for everybody else, and where Traygate has rewritten the request', async () => {
    const openai = original({ model: 'x', messages: [{ role: 'user', content: 'Hello' }] }, 'openai-chat');
    for (const one of [undefined, openai, { ...openai, dialect: 'openai-responses' as const }]) {
      const { text } = await ask(provider, { secret, original: one });
      assert.equal(text, 'You said: Hello');
    }
    assert.deepEqual([chat.seen.length, messages.seen.length], [3, 0]);
    assert.equal(chat.seen[0]?.headers['x-team'], 'blue');
  });

  const small = modelNamed('m', { maxOutputTokens: 1_000 });
  const always = modelNamed('always');
  const dull = modelNamed('m', { capabilities: { thinking: false, tools: true, vision: true, search: false } });
  const cases = [
    ['refused fields are left out', { top_k: 4, service_tier: 'auto' }, modelNamed('m'), {}, ['field_ignored_by', 'field_ignored_by']],
    ['an answer is no longer than the model can', {}, small, { max_tokens: 1_000 }, ['field_adjusted']],
    ['adaptive thinking is a switch', { thinking: { type: 'adaptive' } }, modelNamed('m'), { thinking: { type: 'enabled' } }, ['field_adjusted']],
    ['a budget stays', { thinking: { type: 'enabled', budget_tokens: 1_024 } }, modelNamed('m'), { thinking: { type: 'enabled', budget_tokens: 1_024 } }, []],
    ['off is off', { thinking: { type: 'disabled' } }, modelNamed('m'), { thinking: { type: 'disabled' } }, []],
    ['off, where it cannot be', { thinking: { type: 'disabled' } }, always, { model: 'always' }, ['thinking_always_on']],
    ['on, where there is none', { thinking: { type: 'enabled', budget_tokens: 1_024 } }, dull, {}, ['thinking_not_offered']],
    ['off, where there is none', { thinking: { type: 'disabled' } }, dull, {}, []],
  ] as const; // prettier-ignore
  for (const [name, more, model, sent, codes] of cases) {
    it(name, async () => {
      const { notices, error } = await forwarded(more, model);
      assert.equal(error, undefined);
      assert.deepEqual(messages.seen[0]?.body, { ...bodyOf(), model: 'm', stream: true, ...sent });
      assert.deepEqual(
        notices.map(({ code }) => code),
        codes,
      );
    });
  }

  const source = { type: 'base64', media_type: 'image/png', data: 'AA' };
  const blind = modelNamed('m', { capabilities: { thinking: true, tools: true, vision: false, search: false } });
  for (const [where, content] of [
    ['a message', [{ type: 'image', source }]],
    ['the result of a tool', [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'image', source }] }]],
  ] as const) {
    it(`an image in ${where} is refused where nobody sees it`, async () => {
      const { error } = await forwarded({ messages: [{ role: 'user', content }] }, blind);
      assert.deepEqual([error?.code, error?.param], ['images_not_supported', 'messages']);
      assert.equal(messages.seen.length, 0);
    });
  }

  it('a refusal of the second base is judged like one of the first, without the key in it', async () => {
    messages.answer(messagesSite.scripts.refused(429, 'rate_limit_error', `slow down, ${secret}`));
    const { error } = await forwarded();
    assert.deepEqual([error?.code, error?.blame], ['upstream_rate_limited', 'rate']);
    assert.ok(!error?.message.includes(secret));
  });

  it('the key that was good there lists the models of the first base', async () => {
    await forwarded();
    await provider.refreshModels(new AbortController().signal);
    assert.equal(chat.seen.at(-1)?.headers.authorization, `Bearer ${secret}`);
    assert.ok(provider.models().some(({ id }) => id === 'deepseek-r1'));
  });
});
