import assert from 'node:assert/strict';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type AnthropicSimulator,
  frames,
  scripts,
  startAnthropicSimulator,
} from '../simulators/anthropic-upstream/simulator.ts';
import { type OpenAiSimulator, startOpenAiSimulator } from '../simulators/openai-upstream/simulator.ts';
import { Product } from './product.ts';
import { portOf } from '../port-of.ts';

const service = (kind: string, name: string, baseUrl: string, more: object = {}) => ({
  provider: { kind, name, baseUrl, ...more },
});
const message = (model: string, more: object = {}) => ({
  model,
  max_tokens: 64,
  messages: [{ role: 'user', content: 'hello' }],
  ...more,
});
const chat = (model: string, more: object = {}) => ({ model, messages: [{ role: 'user', content: 'hello' }], ...more });

/** What the provider's list says, once the catalogue has been asked for. */
async function offered(product: Product, provider: string): Promise<string[]> {
  await product.call('provider.refreshModels', { provider });
  const models = (await product.call('models.list', { provider })) as { id: string }[];
  return models.map(({ id }) => id);
}

describe('a service that the user has added', () => {
  let product: Product;
  let anthropic: AnthropicSimulator;
  let openai: OpenAiSimulator;
  before(async () => {
    [product, anthropic, openai] = await Promise.all([
      Product.start(),
      startAnthropicSimulator(),
      startOpenAiSimulator({ keys: ['sk-good-good-good-good'] }),
    ]);
    await product.call('provider.add', {
      ...service('anthropic-compatible', 'Claude', anthropic.url),
      keys: 'sk-ant-good',
    });
    await product.call('provider.add', {
      ...service('openai-compatible', 'Router', `${openai.url}/v1`, { prefix: 'or/' }),
      keys: 'sk-good-good-good-good',
    });
  });
  after(() => Promise.all([product.stop(), anthropic.close(), openai.close()]));

  it('offers its models under its prefix and takes its place in the state', async () => {
    assert.ok((await offered(product, 'claude')).includes('claude-sonnet-4-5'));
    assert.ok((await offered(product, 'router')).every((id) => id.startsWith('or/')));
    const state = (await product.call('state.get', null)) as {
      providers: { id: string; name: string; builtIn: boolean }[];
    };
    assert.deepEqual(
      state.providers.filter(({ builtIn }) => !builtIn).map(({ id, name }) => [id, name]),
      [['claude', 'Claude'], ['router', 'Router']],
    ); // prettier-ignore
  });

  it('gets a request of its own dialect as it was written, and its events reach the client as they were sent', async () => {
    const odd = 'event: new_event\ndata: {"type":"new_event","unheard_of":[1,2]}\n\n';
    anthropic.answer(scripts.answer({ extra: [odd] }));
    const reply = await product.ask(
      '/v1/messages?beta=true',
      message('claude-sonnet-4-5', { stream: true, novel_field: { x: 1 } }),
      {
        'anthropic-beta': 'from-the-future-2030-01-01',
        'anthropic-version': '2023-06-01',
      },
    );
    const seen = anthropic.seen.at(-1);
    assert.deepEqual(seen?.body['novel_field'], { x: 1 });
    assert.equal(seen?.headers['anthropic-beta'], 'from-the-future-2030-01-01');
    assert.equal(seen?.headers['x-api-key'] ?? '', 'sk-ant-good');
    assert.ok(reply.text.includes(odd), reply.text);
    assert.ok(reply.text.endsWith(frames.messageStop()));
    const row = await product.row(String(reply.headers['x-request-id']));
    assert.deepEqual(
      [row.outcome, row.provider, row.usage?.outputTokens, row.finishReason],
      ['ok', 'claude', 23, 'stop'],
    );
  });

  it('answers whole in its own words too', async () => {
    anthropic.answer(scripts.answer());
    const reply = await product.ask('/v1/messages', message('claude-sonnet-4-5'));
    assert.deepEqual((reply.json() as { unknown_field: unknown }).unknown_field, { kept: true });
  });

  it('answers clients of the other dialects by conversion', async () => {
    anthropic.answer(scripts.answer());
    const reply = await product.chat(chat('claude-sonnet-4-5'));
    assert.equal(
      (reply.json() as { choices: [{ message: { content: string } }] }).choices[0].message.content,
      'You said: hello',
    );
    const other = await product.ask('/v1/messages', message('or/gpt-4o'));
    assert.equal((other.json() as { content: [{ text: string }] }).content[0].text, 'You said: hello');
  });

  it('is given the client’s chat body with its own model name', async () => {
    const reply = await product.chat(chat('or/gpt-4o', { stream: true, logit_bias: { 1: 2 }, novel_field: 'kept' }));
    const body = openai.seen.at(-1)?.body ?? {};
    assert.deepEqual([body['model'], body['novel_field'], body['logit_bias']], ['gpt-4o', 'kept', { 1: 2 }]);
    assert.ok(reply.text.endsWith('data: [DONE]\n\n'));
    const row = await product.row(String(reply.headers['x-request-id']));
    assert.deepEqual(row.warnings, [], 'nothing was left out of it');
  });

  it('that leads back to Traygate by a way round is noticed at once', async () => {
    const round = createServer((request, response) => {
      const { host: _, ...rest } = request.headers;
      const headers = new Headers(Object.entries(rest).map(([name, value]) => [name, String(value)]));
      headers.set('authorization', `Bearer ${product.key}`);
      const onward = new URL(request.url ?? '/', product.url);
      const body = request.method === 'POST' ? Readable.toWeb(request) : null;
      void fetch(onward, {
        method: request.method ?? 'GET',
        headers,
        body,
        duplex: 'half',
      } as RequestInit).then(async (reply) =>
        response.writeHead(reply.status, { 'content-type': 'application/json' }).end(await reply.text()),
      );
    }).listen(0, '127.0.0.1');
    await once(round, 'listening');
    const baseUrl = `http://127.0.0.1:${portOf(round)}/v1`;
    try {
      await product.call('provider.add', {
        ...service('openai-compatible', 'Round', baseUrl, { models: ['circle'] }),
        keys: 'sk-of-the-way-round',
      });
      const reply = await product.chat(chat('circle'));
      assert.equal(reply.status, 508, reply.text);
      assert.equal((await product.row(String(reply.headers['x-request-id']))).attempts.length, 1);
    } finally {
      round.close();
      round.closeAllConnections();
    }
  });

  it('ends a stream that breaks with the error of the client’s dialect, after what had come', async () => {
    anthropic.answer(scripts.cut(2));
    const reply = await product.ask('/v1/messages', message('claude-sonnet-4-5', { stream: true }));
    assert.match(reply.text, /part 1 [\s\S]*event: error\ndata: \{"type":"error"/);
    assert.ok(!reply.text.includes('message_stop'));
  });

  it('is checked before it is saved: good key, bad key, nobody there', async () => {
    const verify = async (baseUrl: string, keys: string | null, savedAs: string | null = null) => {
      const { outcome, code, models } = (await product.call('provider.verify', {
        ...service('openai-compatible', 'X', baseUrl),
        keys,
        savedAs,
      })) as { outcome: string; code: string | null; models: number };
      return [outcome, code, models];
    };
    const good = 'sk-good-good-good-good';
    const base = `${openai.url}/v1`;
    assert.deepEqual(await verify(base, good), ['user', null, 2]);
    assert.deepEqual(await verify(base, `# mine\n"Bearer ${good}",sk-other`), ['user', null, 2]);
    assert.deepEqual(await verify(base, 'sk-wrong-wrong-wrong'), ['invalid', 'upstream_auth_failed', 0]);
    assert.deepEqual(await verify(`${openai.url}/wrong`, good), ['unreachable', 'no_models', 0]);
    assert.deepEqual(await verify('http://127.0.0.1:9/v1', good), ['unreachable', 'upstream_unreachable', 0]);
    assert.deepEqual(await verify(base, null), ['invalid', 'upstream_auth_failed', 0]);
    assert.deepEqual(await verify(base, null, 'router'), ['user', null, 2]);
  });

  it('is refused at an address that a key must not be sent to', async () => {
    const refusals = {
      'no address': 'address_malformed',
      'ftp://example.com/': 'address_scheme',
      'https://me:secret@example.com/': 'address_credentials',
      'http://example.com/v1': 'address_insecure',
      'https://169.254.169.254/': 'address_forbidden',
      [product.url]: 'address_own',
    };
    for (const [baseUrl, reason] of Object.entries(refusals)) {
      const wanted = { ...service('openai-compatible', 'X', baseUrl), keys: null };
      assert.equal(await product.refusal('provider.add', wanted), reason, baseUrl);
      assert.equal(await product.refusal('provider.verify', wanted), reason, baseUrl);
    }
  });

  it('goes with its tokens, and both come back', async () => {
    await product.call('provider.remove', { provider: 'router' });
    assert.equal((await product.chat(chat('or/gpt-4o'))).status, 404);
    await product.call('provider.restore', { provider: 'router' });
    await offered(product, 'router');
    assert.equal((await product.chat(chat('or/gpt-4o'))).status, 200);
  });

  it('can be switched off and keeps its keys when its address changes', async () => {
    await product.call('provider.enable', { provider: 'claude', enabled: false });
    assert.equal((await product.ask('/v1/messages', message('claude-sonnet-4-5'))).status, 503);
    await product.call('provider.change', {
      provider: { id: 'claude', kind: 'anthropic-compatible', name: 'Claude again', baseUrl: `${anthropic.url}/v1` },
    });
    anthropic.answer(scripts.answer());
    await offered(product, 'claude');
    assert.equal((await product.ask('/v1/messages', message('claude-sonnet-4-5'))).status, 200);
  });
});

describe('a configuration file', () => {
  it('brings services, keys and client keys, and what it sets is shown as fixed', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'traygate-config-'));
    const openai = await startOpenAiSimulator({ keys: ['sk-good-good-good-good'] });
    const file = path.join(folder, 'traygate.yaml');
    writeFileSync(
      file,
      `clientKeys: [ "\${FAMILY_KEY}" ]
behaviour: { thinking: think }
providers:
  house: { kind: openai-compatible, baseUrl: "${openai.url}/v1", keys: [sk-good-good-good-good] }
`,
    );
    const product = await Product.start({ TRAYGATE_CONFIG: file, FAMILY_KEY: 'family-key' });
    try {
      await offered(product, 'house');
      const reply = await product.ask('/v1/chat/completions', chat('gpt-4o'), {
        authorization: 'Bearer family-key',
      });
      assert.equal(reply.status, 200, reply.text);
      const state = (await product.call('state.get', null)) as { locked: Record<string, string> };
      assert.equal(state.locked['behaviour.thinking'], 'traygate.yaml');
      await product.call('tokens.add', { provider: 'house', text: 'sk-another-key', check: false });
      assert.equal(await product.refusal('provider.remove', { provider: 'house' }), 'fixed');
      const tokens = (await product.call('tokens.list', { provider: 'house' })) as unknown[];
      assert.equal(tokens.length, 2);
    } finally {
      await product.stop();
      await openai.close();
      rmSync(folder, { recursive: true });
    }
  });
});
