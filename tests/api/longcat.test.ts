/** LongCat from end to end: a client, the real gateway as a process of its own, and the simulators of the site and of the API. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { z } from 'zod';
import { Token } from '../../shared/token.ts';
import { chat, messages, startLongCatApiSimulator, type LongCatApiSimulator } from '../simulators/longcat/api.ts';
import { scripts, startLongCatSimulator, type LongCatSimulator } from '../simulators/longcat/simulator.ts';
import { Product } from './product.ts';
import { framesOf } from './shapes.ts';

let site: LongCatSimulator;
let api: LongCatApiSimulator;
let product: Product;
let openai: OpenAI;
let anthropic: Anthropic;
const key = 'ak_good_longcat_key';

before(async () => {
  [site, api] = await Promise.all([startLongCatSimulator(), startLongCatApiSimulator()]);
  product = await Product.start({ LONGCAT_BASE_URL: site.url, LONGCAT_API_BASE_URL: api.url });
  openai = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: product.key, maxRetries: 0 });
  anthropic = new Anthropic({ baseURL: product.url, apiKey: product.key, maxRetries: 0 });
});
after(async () => {
  await product.stop();
  await Promise.all([site.close(), api.close()]);
});

const tokens = async (provider = 'longcat'): Promise<Token[]> =>
  z.array(Token).parse(await product.call('tokens.list', { provider }));
/** Saves tokens in this order without asking the provider about them. */
async function save(provider: string, ...secrets: string[]): Promise<void> {
  const ids = (await tokens(provider)).map(({ id }) => id);
  if (ids.length > 0) await product.call('tokens.remove', { ids });
  for (const text of secrets) await product.call('tokens.add', { provider, text, check: false });
}
const ask = (model = 'LongCat', extra: object = {}) =>
  product.chat({ model, messages: [{ role: 'user', content: 'Hello' }], ...extra });

interface Body {
  choices: {
    message: {
      content: string | null;
      reasoning_content?: string;
      tool_calls?: { function: { name: string; arguments: string } }[];
      annotations?: { url_citation: { url: string } }[];
    };
    finish_reason: string;
  }[];
  error: { code: string; message: string };
}
const body = (reply: { json(): unknown }) => reply.json() as Body;
const idOf = (reply: { headers: Record<string, string | string[] | undefined> }) =>
  String(reply.headers['x-request-id']);
async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 5_000; !holds(); await sleep(10))
    assert.ok(Date.now() < deadline, 'it never came to hold');
}
const tools = [
  { type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } },
] as const; // prettier-ignore

describe('the web chat', () => {
  beforeEach(async () => {
    site.reset();
    await save('longcat', site.users.add({ name: 'Ada' }).token);
  });

  for (const generation of ['v2', 'v1'] as const) {
    test(`answers with the token of an account, as generation ${generation} writes it, in a session that is deleted`, async () => {
      site.settings.generations = [generation];
      const whole = await ask();
      assert.equal(body(whole).choices[0]?.message.content, 'You said: Hello');
      const stream = await ask('LongCat', { stream: true });
      const deltas = framesOf(stream) as { choices: { delta: { content?: string } }[] }[];
      assert.equal(deltas.map(({ choices }) => choices[0]?.delta.content ?? '').join(''), 'You said: Hello');
      const row = await product.row(idOf(whole));
      assert.deepEqual([row.outcome, row.attempts.length, row.attempts[0]?.credential], ['ok', 1, 'L1']);
      await until(() => site.sessions.length === 0 && site.deleted.length >= 2);
    });
  }

  test('thinking comes as reasoning_content, a search with its sources', async () => {
    const thought = body(await ask('LongCat-Thinking')).choices[0]?.message;
    assert.deepEqual(
      [thought?.reasoning_content, thought?.content],
      ['The user wrote something. I repeat it.', 'You said: Hello'],
    );
    const found = body(await ask('LongCat-Search')).choices[0]?.message;
    assert.equal(found?.annotations?.[0]?.url_citation.url, 'https://example.com/source');
  });

  test('a tool is offered in words and its call comes back as one', async () => {
    const call = '<tool_call>{"name":"weather","arguments":{"city":"Paris"}}</tool_call>';
    site.answer(scripts.answer({ text: `Let me look.\n${call}` }));
    const stream = await openai.chat.completions
      .stream({ model: 'LongCat', messages: [{ role: 'user', content: 'Weather in Paris?' }], tools: [...tools] })
      .finalChatCompletion();
    const [choice] = stream.choices;
    assert.equal(choice?.finish_reason, 'tool_calls');
    const made = choice?.message.tool_calls?.[0];
    assert.deepEqual(made?.type === 'function' && [made.function.name, JSON.parse(made.function.arguments)], [
      'weather',
      { city: 'Paris' },
    ]);
    assert.match(JSON.stringify(site.attempts[0]?.body), /weather/);
  });

  test('a client of the Messages API is answered as well', async () => {
    const reply = await anthropic.messages.create({
      model: 'LongCat-Thinking',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Hello' }],
    });
    const text = reply.content.find(({ type }) => type === 'text');
    assert.equal(text?.type === 'text' && text.text, 'You said: Hello');
  });

  test('what the page cannot do is a notice on the exchange', async () => {
    const row = await product.row(idOf(await ask('LongCat', { temperature: 0.2, seed: 1 })));
    assert.deepEqual(
      row.warnings.map((notice) => ('field' in notice ? notice.field : notice.code)),
      ['temperature', 'seed'],
    );
  });

  test('the guard is explained, tried once, and costs no token', async () => {
    await save('longcat', site.users.add().token, site.users.add().token);
    site.settings.guard = 'all';
    const reply = await ask();
    assert.deepEqual([reply.status, body(reply).error.code], [403, 'guard_required']);
    assert.match(body(reply).error.message, /guard.*official API key/);
    assert.equal(site.attempts.length, 1);
    assert.ok((await tokens()).every(({ failures }) => failures === 0));
    await until(() => site.sessions.length === 0);
  });

  test('a token that is limited, signed out or fine: the next one answers, and only what is to blame rests', async () => {
    const [limited, out, good] = [1, 2, 3].map(() => site.users.add());
    assert.ok(limited && out && good);
    await save('longcat', limited.token, out.token, good.token);
    site.answer(scripts.tooFast(), limited.token);
    site.answer(scripts.signedOut(), out.token);
    const reply = await ask();
    assert.equal(body(reply).choices[0]?.message.content, 'You said: Hello');
    const row = await product.row(idOf(reply));
    assert.deepEqual(
      row.attempts.map(({ failure }) => failure?.code ?? null),
      ['upstream_rate_limited', 'upstream_auth_failed', null],
    );
    assert.deepEqual(
      (await tokens()).map(({ state }) => state),
      ['cooling', 'invalid', 'ready'],
    );
  });

  const failures = [
    ['a web page', scripts.status(200, '<html><title>verify</title></html>'), 502, 'upstream_blocked'],
    ['a limit', scripts.tooFast(), 429, 'upstream_rate_limited'],
    ['nothing but an end', scripts.fin(0), 502, 'upstream_truncated'],
  ] as const;
  for (const [name, script, status, code] of failures) {
    test(`${name} is a real error with HTTP ${status}`, async () => {
      site.answer(script);
      const reply = await ask('LongCat', { stream: true });
      assert.deepEqual([reply.status, body(reply).error.code], [status, code]);
    });
  }

  for (const [name, script, code] of [
    ['is reset', scripts.cut(3), 'upstream_disconnect'],
    ['ends without its mark', scripts.fin(3), 'upstream_truncated'],
  ] as const) {
    test(`a stream that ${name} ends with an error, never as if it were whole`, async () => {
      site.answer(script);
      const reply = await ask('LongCat', { stream: true });
      assert.match(reply.text, /part 0 /);
      assert.match(reply.text, new RegExp(`"code":"${code}"`));
      assert.doesNotMatch(reply.text, /"finish_reason":"stop"/);
      await until(() => site.sessions.length === 0);
    });
  }

  test('a client that goes away closes the upstream, and the session is deleted', async () => {
    site.answer(scripts.slow(100));
    const controller = new AbortController();
    const stream = await openai.chat.completions.create(
      { model: 'LongCat', stream: true, messages: [{ role: 'user', content: 'Tell me a long story about a cat' }] },
      { signal: controller.signal },
    );
    for await (const chunk of stream) {
      assert.ok(chunk);
      break;
    }
    controller.abort();
    await until(() => site.active === 0);
    await until(() => site.sessions.length === 0);
    assert.equal(site.deleted.length, 1);
  });

  test('a pasted cookie is understood, and a token nobody is signed in with is not stored', async () => {
    const { token } = site.users.add();
    const stale = site.users.add({ stale: true });
    const text = `passport_token_key=${token}\n${stale.token}`;
    const lines = z
      .array(z.object({ outcome: z.string() }))
      .parse(await product.call('tokens.add', { provider: 'longcat', text, check: true }));
    assert.deepEqual(
      lines.map(({ outcome }) => outcome),
      ['added', 'invalid'],
    );
  });
});

describe('the official API', () => {
  beforeEach(async () => {
    api.seen.length = 0;
    Object.assign(api.settings, { spent: [] });
    api.answerChat(chat.answer());
    api.answerMessages(messages.answer());
    await save('longcat-api', key);
  });

  test('a client in OpenAI form, stream and whole, with reasoning and calls', async () => {
    api.answerChat(chat.answer({ reasoning: 'hm', text: 'Hi' }));
    const whole = body(await ask('LongCat-2.0')).choices[0]?.message;
    assert.deepEqual([whole?.content, whole?.reasoning_content], ['Hi', 'hm']);
    const streamed = await openai.chat.completions
      .stream({ model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hello' }] })
      .finalChatCompletion();
    assert.equal(streamed.choices[0]?.message.content, 'Hi');
    api.answerChat(chat.answer({ calls: [{ id: 'c1', name: 'weather', arguments: '{"city":"Paris"}' }] }));
    const called = body(await ask('LongCat-2.0', { tools })).choices[0];
    assert.deepEqual(
      [called?.finish_reason, called?.message.tool_calls?.[0]?.function.name],
      ['tool_calls', 'weather'],
    );
    assert.ok(api.to('/openai/v1/chat/completions').length === 3 && api.to('/anthropic/v1/messages').length === 0);
  });

  test('a client in Anthropic form is handed on to the Anthropic form, stream and whole', async () => {
    const asked = { model: 'LongCat-2.0', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hello' }] };
    const whole = await anthropic.messages.create({ ...asked, service_tier: 'auto' });
    assert.deepEqual(whole.content, [{ type: 'text', text: 'You said: Hello' }]);
    const streamed = await anthropic.messages.stream(asked).finalText();
    assert.equal(streamed, 'You said: Hello');
    assert.ok(api.to('/openai/v1/chat/completions').length === 0 && api.to('/anthropic/v1/messages').length === 2);
    assert.equal(api.seen[0]?.headers['authorization'], `Bearer ${key}`);
    const row = (await product.rows()).find(({ warnings }) => warnings.length > 0);
    assert.deepEqual(row?.warnings, [{ code: 'field_ignored_by', field: 'service_tier', provider: 'longcat-api' }]);
  });

  test('what the API does not take is left out, with a notice on the exchange', async () => {
    const reply = await ask('LongCat-2.0', { seed: 1, stop: ['x'], temperature: 1.7, response_format: { type: 'json_object' } });
    assert.equal(reply.status, 200, reply.text);
    const { warnings } = await product.row(idOf(reply));
    const fields = warnings.flatMap((notice) => ('field' in notice ? [notice.field] : []));
    assert.deepEqual(fields.toSorted(), ['seed', 'stop', 'temperature']);
  }); // prettier-ignore

  for (const spentStatus of [402, 403] as const) {
    test(`${spentStatus} is a quota: the key rests and is not called bad`, async () => {
      Object.assign(api.settings, { spent: [key], spentStatus });
      const reply = await ask('LongCat-2.0');
      assert.deepEqual([reply.status, body(reply).error.code], [429, 'quota_exceeded']);
      assert.deepEqual(
        (await tokens('longcat-api')).map(({ state }) => state),
        ['quota'],
      );
    });
  }

  test('a key that is checked brings the list of models', async () => {
    api.settings.models = ['LongCat-2.0', 'LongCat-9'];
    await save('longcat-api');
    await product.call('tokens.add', { provider: 'longcat-api', text: key, check: true });
    const listed = z.object({ data: z.array(z.object({ id: z.string() })) }).parse((await product.ask('/v1/models')).json());
    const ids = new Set(listed.data.map(({ id }) => id));
    assert.ok(ids.has('LongCat-9') && ids.has('LongCat-Thinking') && !ids.has('LongCat-Flash-Lite'));
  }); // prettier-ignore
});

test('tokens of the environment answer, and are nowhere to be read', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-longcat-'));
  const [one, two] = [site.users.add({ name: 'one' }).token, site.users.add({ name: 'two' }).token];
  const file = path.join(folder, 'tokens.txt');
  writeFileSync(file, `# mine\n${two}\n`);
  const own = await Product.start({ LONGCAT_BASE_URL: site.url, LONGCAT_TOKEN: one, LONGCAT_TOKENS_FILE: file });
  try {
    const saved = z.array(Token).parse(await own.call('tokens.list', { provider: 'longcat' }));
    assert.equal(saved.length, 2);
    site.reset();
    const reply = await own.chat({ model: 'LongCat', messages: [{ role: 'user', content: 'Hello' }] });
    assert.equal(body(reply).choices[0]?.message.content, 'You said: Hello');
    for (const name of ['traygate.db', 'traygate.db-wal', 'settings.json', 'logs/traygate.log'])
      assert.ok(!read(path.join(own.dataDir, name)).includes(one), name);
    assert.ok(!own.output.includes(one) && !own.output.includes(two));
  } finally {
    await own.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
