import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  chat,
  messages,
  startLongCatApiSimulator,
  type LongCatApiSimulator,
} from '../../../../tests/simulators/longcat/api.ts';
import type { Message } from '../../chat/request.ts';
import type { Original, Provider, ProviderContext } from '../provider.ts';
import { ask, realContext, type Asked } from '../wire/shared/testing/ask.ts';
import { createLongCatApi } from './provider.ts';

const secret = 'ak_good_longcat_key';
let site: LongCatApiSimulator;
let context: ProviderContext;
let provider: Provider;
const [chatPath, messagesPath] = ['/openai/v1/chat/completions', '/anthropic/v1/messages'];

before(async () => {
  site = await startLongCatApiSimulator();
  ({ context } = realContext());
});
after(async () => {
  await site.close();
  await context.network.close();
});
beforeEach(() => {
  context = { ...realContext().context, network: context.network };
  provider = createLongCatApi(context, { baseUrl: `${site.url}/` });
  Object.assign(site.settings, { spent: [], spentStatus: 402, keys: [secret] });
  site.seen.length = 0;
  site.answerChat(chat.answer());
  site.answerMessages(messages.answer());
});

const modelNamed = (name: string) => provider.models().find(({ id }) => id === name) ?? assert.fail(`no model ${name}`);
const asking = (name: string, asked: Asked = {}) => ask(provider, { secret, model: modelNamed(name), ...asked });
const fieldsOf = ({ notices }: Awaited<ReturnType<typeof asking>>) =>
  notices.map((notice) => ('field' in notice ? notice.field : notice.code));
const sent = (path: string) => (site.to(path).at(-1)?.body ?? {}) as Record<string, unknown>;

describe('in OpenAI form', () => {
  it('answers, with reasoning and usage', async () => {
    site.answerChat(chat.answer({ reasoning: 'hm' }));
    const { text, reasoning, usage, error } = await asking('LongCat-2.0');
    assert.deepEqual([error, text, reasoning, usage?.totalTokens], [undefined, 'You said: Hello', 'hm', 34]);
    const [seen] = site.seen;
    assert.deepEqual([seen?.path, seen?.headers.authorization], [chatPath, `Bearer ${secret}`]);
    assert.equal(seen?.headers['x-api-key'], undefined);
  });

  it('what the API does not name is left out, with a notice for each', async () => {
    const result = await asking('LongCat-2.0', {
      request: {
        sampling: { temperature: 1.5, topP: 0.5, maxTokens: 9_999_999, stop: ['x'], seed: 1, presencePenalty: 1, frequencyPenalty: 1 },
        user: 'u',
        tools: [{ name: 'run', parameters: {}, strict: true }],
        toolChoice: { type: 'required' },
        parallelToolCalls: false,
      },
    });
    assert.equal(result.error, undefined);
    assert.deepEqual(fieldsOf(result).toSorted(), [
      'frequency_penalty', 'max_tokens', 'parallel_tool_calls', 'presence_penalty', 'seed', 'stop', 'temperature', 'tool_choice_not_enforced', 'user',
    ]);
    assert.deepEqual([sent(chatPath)['temperature'], sent(chatPath)['max_tokens']], [1, 131_072]);
  }); // prettier-ignore

  it('content is always a string, and reasoning goes back beside calls', async () => {
    const said = (role: Message['role'], ...content: Message['content']): Message => ({ role, content });
    const result = await asking('LongCat-2.0', {
      request: {
        messages: [
          said('developer', { type: 'text', text: 'Be brief.' }),
          said('user', { type: 'text', text: 'a' }, { type: 'text', text: 'b' }),
          said('assistant', { type: 'reasoning', text: 'hm' }, { type: 'tool-call', id: 'c1', name: 'run', arguments: '{}' }),
          said('tool', { type: 'tool-result', id: 'c1', content: [{ type: 'text', text: '7' }], isError: false }),
        ],
        tools: [{ name: 'run', parameters: {} }],
      },
    });
    assert.deepEqual([result.error, result.text], [undefined, 'You said: 7']);
    const all = sent(chatPath)['messages'] as Record<string, unknown>[];
    assert.deepEqual(
      all.map(({ role, content }) => [role, content]),
      [['system', 'Be brief.'], ['user', 'a\nb'], ['assistant', ''], ['tool', '7']],
    );
    assert.equal(all[2]?.['reasoning_content'], 'hm');
  }); // prettier-ignore

  it("calls of the client's tools", async () => {
    site.answerChat(chat.answer({ calls: [{ id: 'c1', name: 'run', arguments: '{"a":1}' }] }));
    const { calls, finish } = await asking('LongCat-2.0', { request: { tools: [{ name: 'run', parameters: {} }] } });
    assert.deepEqual([calls[0]?.name, calls[0]?.arguments, finish], ['run', '{"a":1}', 'tool-calls']);
  });

  const ways = [
    ['LongCat-2.0', { enabled: true }, { thinking: { type: 'enabled' } }, []],
    ['LongCat-2.0', { enabled: false }, { thinking: { type: 'disabled' } }, []],
    ['LongCat-2.0', { effort: 'high' }, { thinking: { type: 'enabled' } }, ['effort_ignored']],
    ['LongCat-Flash-Thinking-2601', { enabled: true }, { enable_thinking: true }, []],
    ['LongCat-Flash-Thinking-2601', { effort: 'none' }, { enable_thinking: false }, []],
    ['LongCat-Flash-Chat', { enabled: true }, {}, ['thinking_not_offered']],
    ['LongCat-Flash-Chat', { enabled: false }, {}, []],
  ] as const;
  for (const [name, thinking, wanted, notices] of ways) {
    it(`${name} is told ${JSON.stringify(thinking)}`, async () => {
      const result = await asking(name, { request: { thinking } });
      const { thinking: one, enable_thinking: other } = sent(chatPath);
      assert.deepEqual({ ...(one !== undefined && { thinking: one }), ...(other !== undefined && { enable_thinking: other }) }, wanted);
      assert.deepEqual([result.error, fieldsOf(result)], [undefined, notices]);
    });
  } // prettier-ignore

  it('images are refused before anything is sent', async () => {
    const image = { type: 'image', url: 'data:image/png;base64,AA' } as const;
    const { error } = await asking('LongCat-2.0', { request: { messages: [{ role: 'user', content: [image] }] } });
    assert.equal(error?.code, 'images_not_supported');
    assert.equal(site.seen.length, 0);
  });
});

describe('in Anthropic form', () => {
  const original = (more: object = {}): Original => ({
    dialect: 'anthropic-messages',
    headers: { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'claude-code-20250219' },
    body: { model: 'LongCat-2.0', max_tokens: 64, messages: [{ role: 'user', content: 'Hello' }], ...more },
  });

  it('hands on what Claude Code sends, without what is only for Claude', async () => {
    const result = await asking('LongCat-2.0', {
      original: original({
        system: [{ type: 'text', text: 'You are Claude Code', cache_control: { type: 'ephemeral' } }],
        thinking: { type: 'adaptive' },
        metadata: { user_id: 'u' },
        context_management: { edits: [] },
        output_config: { effort: 'high' },
        tools: [{ name: 'Read', input_schema: { type: 'object' } }],
      }),
    });
    assert.equal(result.error, undefined);
    assert.match(result.verbatim, /"type":"message_stop"/);
    assert.equal(result.text, 'You said: Hello');
    assert.deepEqual(fieldsOf(result), ['context_management', 'output_config', 'thinking']);
    assert.deepEqual(sent(messagesPath)['thinking'], { type: 'enabled' });
    assert.equal(site.seen.at(-1)?.headers['x-api-key'], undefined);
    assert.deepEqual(site.to(chatPath), []);
  });

  it('a whole answer comes back unchanged', async () => {
    const { verbatim } = await asking('LongCat-2.0', { original: original(), delivery: 'whole' });
    assert.equal((JSON.parse(verbatim) as { type: string }).type, 'message');
  });

  it('thinking is left out where there is none', async () => {
    const result = await asking('LongCat-Flash-Chat', { original: original({ thinking: { type: 'enabled', budget_tokens: 1_024 } }) });
    assert.deepEqual([result.error, fieldsOf(result)], [undefined, ['thinking_not_offered']]);
  }); // prettier-ignore
});

describe('models and keys', () => {
  const signal = new AbortController().signal;

  it('nothing is asked before there is a key', async () => {
    await provider.refreshModels(signal);
    assert.equal(site.seen.length, 0);
    assert.ok(provider.models().some(({ id, contextTokens }) => id === 'LongCat-2.0' && contextTokens === 1_048_576));
  });

  it('a good key lists the models, and what is known of them is kept', async () => {
    Object.assign(site.settings, { models: ['LongCat-2.0', 'LongCat-9-Omni'] });
    assert.deepEqual(await provider.verify?.(secret, signal), { outcome: 'user' });
    assert.deepEqual(
      provider.models().map(({ id, maxOutputTokens, capabilities }) => [id, maxOutputTokens, capabilities.vision]),
      [['LongCat-2.0', 131_072, false], ['LongCat-9-Omni', null, false]],
    );
    await provider.refreshModels(signal);
    assert.deepEqual(site.seen.map(({ path }) => path), ['/v1/models', '/v1/models']);
  }); // prettier-ignore

  it('a wrong key is invalid', async () => {
    assert.equal((await provider.verify?.('ak_unknown_key', signal))?.outcome, 'invalid');
  });
});
