/**
 * A conversation with tools and thinking that begins on the web page of Z.AI and goes on at its official API, and back: the model
 * has one public name at both, and the client, in whatever dialect, sends back what it has got and notices nothing.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { z } from 'zod';
import { Token } from '../../shared/token.ts';
import { complaint } from '../simulators/anthropic-upstream/rules.ts';
import { messagesAnswer } from './matrix/messages-answers.ts';
import { inWords, said, thought } from './matrix/row.ts';
import { type Heard, type Tongue, toolName, tongues } from './matrix/tongues.ts';
import { scripts as api, startZaiApiSimulator, type ZaiApiSimulator } from '../simulators/zai-api/simulator.ts';
import { scripts, startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';
import { Product } from './product.ts';

const model = 'GLM-4.7';
const call = { name: toolName, arguments: { city: 'Paris' } };
const result = '12 °C, rain';

let web: ZaiSimulator;
let official: ZaiApiSimulator;
let product: Product;

before(async () => {
  [web, official] = await Promise.all([startZaiSimulator(), startZaiApiSimulator()]);
  product = await Product.start({ ZAI_BASE_URL: web.url, ZAI_API_BASE: official.url });
  await product.call('providers.order', { ids: ['zai', 'zai-api'] });
});
after(async () => {
  await (product as Product | undefined)?.stop();
  await Promise.all([web.close(), official.close()]);
});

async function withoutTokens(provider: string): Promise<void> {
  const ids = z.array(Token).parse(await product.call('tokens.list', { provider })).map(({ id }) => id); // prettier-ignore
  if (ids.length > 0) await product.call('tokens.remove', { ids });
}
const save = (provider: string, text: string) => product.call('tokens.add', { provider, text, check: false });
const enable = (provider: string, enabled: boolean) => product.call('provider.enable', { provider, enabled });

beforeEach(async () => {
  for (const provider of ['zai', 'zai-api']) {
    await enable(provider, true);
    await withoutTokens(provider);
  }
  await save('zai', web.users.add().token);
  await save('zai-api', 'paid-key');
  web.seen.clear();
  official.seen.length = 0;
  web.answer(scripts.answer({ text: inWords({ text: 'Let me look.', call }) }));
  official.answer(api.answer({ text: said, reasoning: thought }));
  official.answerMessages(messagesAnswer({ text: said }));
});

/** How the page is lost between two turns, and the attempts that the second turn then takes. */
const losses = [
  { name: 'it is switched off', lose: () => enable('zai', false), way: [['zai-api', null]] },
  { name: 'it is out of tokens', lose: () => withoutTokens('zai'), way: [['zai-api', null]] },
  {
    name: 'its token is refused in the second turn itself',
    lose: () => web.answer(scripts.status(401, { detail: 'Not authenticated' })),
    way: [['zai', 'upstream_auth_failed'], ['zai-api', null]],
  },
  {
    name: 'its quota ends in the second turn itself',
    lose: () => web.answer(scripts.status(429, { code: 1308, message: 'Usage limit reached' })),
    way: [['zai', 'quota_exceeded'], ['zai-api', null]],
  },
] as const; // prettier-ignore

async function turn(tongue: Tongue, body: object, stream: boolean, foreign: boolean) {
  const reply = await product.ask(tongue.path, { model, stream, ...body });
  const heard = await tongue.hear(reply, stream, foreign);
  const { attempts, warnings } = await product.row(String(reply.headers['x-request-id']));
  return { heard, warnings, way: attempts.map(({ provider, failure }) => [provider, failure?.code ?? null]) };
}

const isForeign = ({ name }: Tongue): boolean => name === 'anthropic-messages';

/** The conversation as it must stand at the base in OpenAI's form. */
function inOpenAiForm({ body }: ZaiApiSimulator['seen'][number], { calls }: Heard): void {
  const [{ id, arguments: made } = assert.fail()] = calls;
  const messages = body['messages'] as readonly Readonly<Record<string, unknown>>[];
  assert.deepEqual(messages.map(({ role }) => role), ['user', 'assistant', 'tool']); // prettier-ignore
  const { content, ...answered } = messages[1] ?? assert.fail();
  assert.equal(String(content).trimEnd(), 'Let me look.');
  assert.deepEqual(answered, {
    role: 'assistant',
    reasoning_content: thought,
    tool_calls: [{ id, type: 'function', function: { name: toolName, arguments: JSON.stringify(made) } }],
  });
  assert.deepEqual(messages[2], { role: 'tool', tool_call_id: id, content: result });
}

/** The same at the base in Anthropic's form, which takes thinking that it has not signed. */
function inAnthropicForm({ body }: ZaiApiSimulator['seen'][number], { calls }: Heard): void {
  const [{ id, arguments: input } = assert.fail()] = calls;
  type Blocks = readonly Readonly<Record<string, unknown>>[];
  const messages = body['messages'] as readonly { role: string; content: Blocks }[];
  assert.deepEqual(messages.map(({ role }) => role), ['user', 'assistant', 'user']); // prettier-ignore
  const [asked, answered = assert.fail(), given] = messages;
  const [thinking, text, ...rest] = answered.content;
  assert.deepEqual(thinking, { type: 'thinking', thinking: thought, signature: '' });
  assert.equal(String(text?.['text']).trimEnd(), 'Let me look.');
  assert.deepEqual(rest, [{ type: 'tool_use', id, name: toolName, input }]);
  assert.deepEqual(given?.content, [{ type: 'tool_result', tool_use_id: id, content: result }]);
  // Unsigned thinking aside, the API of Anthropic itself would take it.
  const unthought = [asked, { ...answered, content: [text, ...rest] }, given];
  assert.equal(complaint({ ...body, messages: unthought }, []), undefined);
}

for (const tongue of tongues) {
  describe(`a conversation in ${tongue.name} goes on at the official API when the page is lost`, () => {
    for (const { name, lose, way } of losses) {
      for (const stream of [false, true]) {
        test(`${name}, ${stream ? 'streamed' : 'whole'}`, async () => {
          const asked = tongue.ask({ text: 'How is the weather?', thinking: true, tools: true });
          const first = await turn(tongue, asked, stream, false);
          assert.deepEqual(first.way, [['zai', null]]);
          assert.deepEqual([first.heard.end, first.heard.reasoning], ['tool-calls', thought]);
          assert.deepEqual(first.heard.calls, [{ id: first.heard.calls[0]?.id, ...call }]);

          await lose();
          const going = tongue.goOn(asked, first.heard, result);
          const second = await turn(tongue, going, stream, isForeign(tongue));
          assert.deepEqual(second.way, way);
          assert.deepEqual([second.heard.text, second.heard.reasoning, second.heard.end], [said, thought, 'stop']);
          assert.deepEqual(second.warnings.filter(({ code }) => /thinking|reasoning|part/.test(code)), []); // prettier-ignore
          const [seen = assert.fail(), ...more] = official.seen;
          assert.deepEqual([more.length, JSON.stringify(seen.body['tools']).includes(toolName)], [0, true]);
          if (isForeign(tongue)) inAnthropicForm(seen, first.heard);
          else inOpenAiForm(seen, first.heard);
        });
      }
    }

    test('and comes back to the page with all that was said', async () => {
      const asked = tongue.ask({ text: 'How is the weather?', thinking: true, tools: true });
      const first = await turn(tongue, asked, true, false);
      await enable('zai', false);
      const going = tongue.goOn(asked, first.heard, result);
      const second = await turn(tongue, going, true, isForeign(tongue));

      await enable('zai', true);
      await enable('zai-api', false);
      web.answer(scripts.answer({ text: said }));
      const third = await turn(tongue, tongue.goOn(going, second.heard, 'And tomorrow?'), true, false);
      assert.deepEqual([third.way, third.heard.text], [[['zai', null]], said]);
      const messages = z
        .object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) })
        .parse(web.seen.attempts.at(-1)?.body)
        .messages.filter(({ role }) => role !== 'system');
      assert.deepEqual(messages.map(({ role }) => role), ['user', 'assistant', 'user', 'assistant', 'user']); // prettier-ignore
      const [, made, given, told, next] = messages.map(({ content }) => content);
      assert.match(made ?? '', /^Let me look\.[\s\S]*get_weather[\s\S]*Paris/);
      assert.ok(given?.includes(result) && given.includes(first.heard.calls[0]?.id ?? '?'), given);
      assert.deepEqual([told, next], [said, 'And tomorrow?']);
      // The page has no place for thinking; said aloud, it would be an answer.
      assert.ok(!JSON.stringify(messages).includes(thought));
    });
  });
}

test('thinking that a client did not want to see goes along: the signature holds it', async () => {
  const tongue = tongues.find(isForeign) ?? assert.fail();
  const asked = {
    ...tongue.ask({ text: 'How is the weather?', tools: true }),
    thinking: { type: 'enabled', budget_tokens: 4_000, display: 'omitted' },
  };
  const first = await turn(tongue, asked, true, false);
  assert.equal(first.heard.reasoning, '');
  await enable('zai', false);
  await turn(tongue, tongue.goOn(asked, first.heard, result), true, true);
  inAnthropicForm(official.seen[0] ?? assert.fail(), first.heard);
});
