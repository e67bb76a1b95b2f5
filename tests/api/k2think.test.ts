/** K2 Think from end to end: a client, the real gateway as a process of its own, and the simulators of its site and its API. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { z } from 'zod';
import { Token } from '../../shared/token.ts';
import {
  defaultSettings,
  scripts,
  startK2ThinkSimulator,
  type K2ThinkSimulator,
} from '../simulators/k2think/simulator.ts';
import {
  scripts as apiScripts,
  startOpenAiSimulator,
  type OpenAiSimulator,
} from '../simulators/openai-upstream/simulator.ts';
import { Product } from './product.ts';

const model = 'MBZUAI-IFM/K2-Think-v2';
const web = `k2think/${model}`;
const reasoning = 'The user wrote something.\nI repeat it.';

let site: K2ThinkSimulator;
let api: OpenAiSimulator;
let product: Product;
let client: OpenAI;

before(async () => {
  [site, api] = await Promise.all([startK2ThinkSimulator(), startOpenAiSimulator({ models: null })]);
  product = await Product.start({ K2THINK_BASE_URL: site.url, K2THINK_API_BASE_URL: `${api.url}/v1` });
  client = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: product.key, maxRetries: 0 });
});
after(async () => {
  await product.stop();
  await Promise.all([site.close(), api.close()]);
});
beforeEach(async () => {
  for (const provider of ['k2think', 'k2think-api']) {
    const ids = z.array(Token).parse(await product.call('tokens.list', { provider })).map(({ id }) => id); // prettier-ignore
    if (ids.length > 0) await product.call('tokens.remove', { ids });
  }
  Object.assign(site.settings, defaultSettings());
  site.answer(scripts.answer());
  site.seen.clear();
  api.answer(apiScripts.answer({ text: `${reasoning}\n</think>\n\nFrom the API` }));
  api.seen.length = 0;
});

const save = (provider: string, text: string, check = false) => product.call('tokens.add', { provider, text, check });

const ask = (extra: object = {}) =>
  product.chat({ model: web, messages: [{ role: 'user', content: 'Hello' }], ...extra });

interface Message {
  readonly content: string | null;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly { function: { name: string; arguments: string } }[];
}
interface Body {
  readonly choices: readonly { message: Message; finish_reason: string }[];
  readonly error: { code: string; message: string };
  readonly usage: { completion_tokens: number };
}
const body = (reply: { json(): unknown }) => reply.json() as Body;
const rowOf = (reply: { headers: Record<string, string | string[] | undefined> }) =>
  product.row(String(reply.headers['x-request-id']));

/** What the official client has of a stream. */
async function streamed(signal?: AbortSignal, extra: object = {}) {
  const told = { reasoning: '', text: '', order: [] as string[], finish: '' };
  const stream = await client.chat.completions.create(
    { model: web, stream: true, messages: [{ role: 'user', content: 'Hello' }], ...extra },
    { signal },
  );
  for await (const chunk of stream) {
    const [choice] = chunk.choices;
    const delta = choice?.delta as { content?: string; reasoning_content?: string } | undefined;
    if (delta?.reasoning_content) told.order.push('reasoning');
    if (delta?.content) told.order.push('text');
    told.reasoning += delta?.reasoning_content ?? '';
    told.text += delta?.content ?? '';
    told.finish ||= choice?.finish_reason ?? '';
  }
  return told;
}

describe('an account', () => {
  test('answers before any guest, by token or by e-mail and password', async () => {
    const { token, email, password } = site.users.add();
    await save('k2think', token, true);
    assert.equal(body(await ask()).choices[0]?.message.content, 'You said: Hello');
    assert.equal(site.seen.attempts[0]?.path, '/api/chat/completions');
    await save('k2think', `${email}:${password}`, true);
    const list = z.array(Token).parse(await product.call('tokens.list', { provider: 'k2think' }));
    assert.deepEqual(list.map(({ alias, state, account }) => [alias, state, account]), [['K1', 'ready', 'u•••@e•••.com'], ['K2', 'ready', 'u•••@e•••.com']]); // prettier-ignore
    assert.equal((await streamed()).text, 'You said: Hello');
    assert.ok(!product.output.includes(password));
  });

  test('that is signed out gives way to the next', async () => {
    const gone = site.users.add();
    await save('k2think', gone.token);
    await save('k2think', site.users.add().token);
    site.users.signOut(gone.email);
    const row = await rowOf(await ask());
    assert.deepEqual(row.attempts.map(({ credential, failure }) => [credential, failure?.code ?? null]), [['K1', 'upstream_auth_failed'], ['K2', null]]); // prettier-ignore
  });
});

describe('a guest', () => {
  test('answers without any token, thinking apart from text, and the row says who did', async () => {
    const reply = await ask();
    const [choice] = body(reply).choices;
    assert.deepEqual([choice?.message.content, choice?.message.reasoning_content], ['You said: Hello', reasoning]);
    assert.ok(body(reply).usage.completion_tokens > 0);
    const row = await rowOf(reply);
    assert.deepEqual([row.outcome, row.attempts.length, row.attempts[0]?.credentialKind], ['ok', 1, 'guest']);
  });

  for (const layout of ['v1', 'think', 'v2'] as const) {
    for (const manner of ['repeating', 'pieces'] as const) {
      test(`streams ${layout} in ${manner} through the official client, nothing said twice`, async () => {
        site.answer(scripts.answer({ layout, manner }));
        const told = await streamed();
        assert.deepEqual([told.reasoning, told.text, told.finish], [reasoning, 'You said: Hello', 'stop']);
        assert.ok(told.order.lastIndexOf('reasoning') < told.order.indexOf('text'));
      });
    }
  }

  test('calls a tool that was written into the conversation', async () => {
    const call = { name: 'get_weather', arguments: { city: 'Paris' } };
    site.answer(scripts.answer({ text: `<tool_calls>\n${JSON.stringify({ tool_calls: [call] })}\n</tool_calls>` }));
    const parameters = { type: 'object', properties: { city: { type: 'string' } } };
    const tools = [{ type: 'function', function: { name: 'get_weather', parameters } }];
    for (const stream of [false, true]) {
      const reply = await ask({ tools, stream });
      if (stream) assert.match(reply.text, /"finish_reason":"tool_calls"/);
      else {
        const [choice] = body(reply).choices;
        assert.equal(choice?.finish_reason, 'tool_calls');
        assert.deepEqual(choice.message.tool_calls?.map(({ function: made }) => made), [{ name: 'get_weather', arguments: '{"city":"Paris"}' }]); // prettier-ignore
      }
    }
    const [sent] = (site.seen.attempts[0]?.body['messages'] ?? []) as { role: string; content: string }[];
    assert.equal(sent?.role, 'user');
    assert.match(sent.content, /get_weather[\s\S]*Hello$/);
    assert.equal(site.seen.attempts[0]?.body['tools'], undefined);
  });

  test('gets what was left out of the request named in its row', async () => {
    const reply = await ask({ seed: 7, reasoning_effort: 'none' });
    const codes = (await rowOf(reply)).warnings.map(({ code }) => code);
    assert.deepEqual(codes.toSorted(), ['field_ignored_by', 'thinking_always_on']);
  });

  test('whose session has ended is replaced by a new one', async () => {
    await ask();
    site.forgetGuests();
    const reply = await ask();
    assert.equal(body(reply).choices[0]?.message.content, 'You said: Hello');
    const row = await rowOf(reply);
    assert.deepEqual(row.attempts.map(({ failure }) => failure?.code ?? null), ['upstream_auth_failed', null]); // prettier-ignore
  });

  test('that is refused leads to advice, not to an endless loop', async () => {
    site.settings.guests = 'refused';
    const reply = await ask();
    assert.deepEqual([reply.status, body(reply).error.code], [502, 'upstream_auth_failed']);
    assert.match(body(reply).error.message, /add (?:the|a) token/i);
    assert.ok(site.seen.to('/guest').length <= 3);
  });

  test('is sent no images', async () => {
    const content = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }];
    const reply = await ask({ messages: [{ role: 'user', content }] });
    assert.deepEqual([reply.status, body(reply).error.code], [400, 'images_not_supported']);
    assert.deepEqual(site.seen.attempts, []);
  });
});

describe('what goes wrong', () => {
  for (const [name, script, status, code] of [
    ['a page of a guard', scripts.guard(), 502, 'upstream_blocked'],
    ['a captcha', scripts.captcha(), 403, 'captcha_required'],
  ] as const) {
    test(`${name} is explained, tried once, and costs no token`, async () => {
      await save('k2think', site.users.add().token);
      await save('k2think', site.users.add().token);
      site.answer(script);
      const reply = await ask();
      assert.deepEqual([reply.status, body(reply).error.code], [status, code]);
      assert.match(body(reply).error.message, /official API key/);
      assert.ok(!reply.text.includes('<'));
      assert.equal(site.seen.attempts.length, 1);
      const list = z.array(Token).parse(await product.call('tokens.list', { provider: 'k2think' }));
      assert.deepEqual(list.map(({ state }) => state), ['unverified', 'unverified']); // prettier-ignore
    });
  }

  for (const [name, script, code] of [
    ['reset', scripts.cut(3), 'upstream_disconnect'],
    ['ended without its end mark', scripts.fin(3), 'upstream_truncated'],
  ] as const) {
    test(`a stream that is ${name} ends in an error, never cleanly, and nothing is repeated`, async () => {
      await save('k2think', site.users.add().token);
      await save('k2think', site.users.add().token);
      site.answer(script);
      const reply = await ask({ stream: true });
      assert.ok(!reply.text.includes('[DONE]') && !reply.text.includes('"finish_reason":"stop"'));
      assert.ok(reply.text.includes(`"code":"${code}"`), reply.text);
      assert.equal(site.seen.attempts.length, 1);
      await assert.rejects(streamed());
    });
  }

  test('a client that goes away closes the upstream', async () => {
    site.answer(scripts.slow(100));
    const controller = new AbortController();
    const asked = streamed(controller.signal).catch(() => {});
    for (const deadline = Date.now() + 5_000; site.seen.open === 0 && Date.now() < deadline;) await sleep(5);
    controller.abort();
    await asked;
    for (const deadline = Date.now() + 5_000; site.seen.open > 0 && Date.now() < deadline;) await sleep(10);
    assert.deepEqual(site.seen.attempts.map(({ outcome }) => outcome), ['aborted']); // prettier-ignore
    const [row] = await product.rows();
    assert.ok(row);
    assert.equal((await product.row(row.id)).outcome, 'cancelled');
  });
});

describe('the official API', () => {
  test('answers first once there is a key, with reasoning out of its text', async () => {
    const without = await ask({ model });
    assert.equal(body(without).choices[0]?.message.content, 'You said: Hello');
    assert.equal(api.seen.length, 0);
    await save('k2think-api', 'sk-good-key-of-k2-think');
    api.settings.keys = ['sk-good-key-of-k2-think'];
    const told = await streamed(undefined, { model });
    assert.deepEqual([told.reasoning.trim(), told.text], [reasoning, 'From the API']);
    assert.equal(site.seen.attempts.length, 1);
  });
});

/** Last, because it keeps guests away for a while. */
test('a limit of guests is passed on with its time, asked for once, and not got round by a new session', async () => {
  site.answer(scripts.limited(40));
  const reply = await ask();
  assert.deepEqual([reply.status, body(reply).error.code], [429, 'upstream_rate_limited']);
  assert.equal(site.seen.attempts.length, 1);
  site.answer(scripts.answer());
  assert.equal((await ask()).status, 429);
  assert.equal(site.seen.attempts.length, 1);
  await save('k2think', site.users.add().token);
  assert.equal((await ask()).status, 200);
});
