/** Client keys as clients meet them: made, limited, changed, revoked, in every dialect. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { ClientKey } from '../../shared/client-key.ts';
import { Product } from './product.ts';
import type { Reply } from './http.ts';

const Made = z.object({ key: ClientKey, value: z.string() });
const noLimits = { requestsPerMinute: null, tokensPerDay: null, models: null };
const messages = [{ role: 'user', content: 'Hello' }];

const dialects: Record<string, (model: string) => readonly [string, object]> = {
  'openai-chat': (model) => ['/v1/chat/completions', { model, messages }],
  'openai-responses': (model) => ['/v1/responses', { model, input: 'Hello' }],
  'anthropic-messages': (model) => ['/v1/messages', { model, max_tokens: 100, messages }],
};

describe('client keys', () => {
  let product: Product;
  before(async () => {
    product = await Product.start();
  });
  after(() => product.stop());

  let made = 0;
  const make = async (limits: object = {}, more: object = {}) =>
    Made.parse(
      await product.call('keys.create', { name: `Key ${++made}`, limits: { ...noLimits, ...limits }, ...more }),
    );
  const ask = (key: string, dialect = 'openai-chat', model = 'local/echo'): Promise<Reply> => {
    const [route, body] = dialects[dialect]?.(model) ?? ['/', {}];
    return product.ask(route, body, { authorization: `Bearer ${key}` });
  };
  const listed = async (id: string) =>
    z
      .array(ClientKey)
      .parse(await product.call('keys.list', null))
      .find((key) => key.id === id);

  for (const dialect of Object.keys(dialects)) {
    test(`${dialect}: one request too many is told when to come back, and a key that is off is refused`, async () => {
      const { key, value } = await make({ requestsPerMinute: 1 });
      assert.equal((await ask(value, dialect)).status, 200);
      const late = await ask(value, dialect);
      assert.equal(late.status, 429, late.text);
      assert.ok(Number(late.headers['retry-after']) >= 1 && Number(late.headers['retry-after']) <= 60);
      assert.equal(late.headers['x-should-retry'], 'true');
      assert.match(late.text, /rate_limit/);
      await product.call('keys.change', { id: key.id, enabled: false });
      assert.equal((await ask(value, dialect)).status, 401);
    });
  }

  test('an expired key is refused', async () => {
    const { value } = await make({}, { expiresAt: Date.now() - 1 });
    const reply = await ask(value);
    assert.equal(reply.status, 401);
    assert.match(reply.text, /expired/);
  });

  test('a key for one model lists that one only, and is told so at others', async () => {
    const { value } = await make({ models: ['local/ec*'] });
    assert.equal((await ask(value)).status, 200);
    const other = await ask(value, 'openai-chat', 'local/think');
    assert.equal(other.status, 403);
    assert.match(other.text, /model_not_allowed/);
    const list = await product.ask('/v1/models', undefined, { authorization: `Bearer ${value}` });
    assert.deepEqual([...list.text.matchAll(/"id":"(local\/[^"]+)"/g)].map(([, id]) => id), ['local/echo']); // prettier-ignore
  });

  test('tokens are counted, and requests; the row of Logs names the key', async () => {
    const { key, value } = await make({ tokensPerDay: 1 });
    const reply = await ask(value);
    assert.equal(reply.status, 200);
    const row = await product.row(String(reply.headers['x-request-id']));
    assert.equal(row.clientKey, key.name);
    const seen = await listed(key.id);
    assert.ok(seen && seen.tokens24h > 0 && seen.requests24h === 1 && seen.clients24h.length === 1);
    assert.equal((await ask(value)).status, 429);
  });

  test('a new value: the old one is taken for the grace; the default key’s file follows', async () => {
    const { key, value } = await make();
    const { value: next } = Made.parse(await product.call('keys.rotate', { id: key.id, graceMinutes: 10 }));
    assert.deepEqual([(await ask(value)).status, (await ask(next)).status], [200, 200]);
    const { value: last } = Made.parse(await product.call('keys.rotate', { id: key.id, graceMinutes: 0 }));
    assert.deepEqual([(await ask(next)).status, (await ask(last)).status], [401, 200]);
    await product.call('keys.rotate', { id: 'default', graceMinutes: 10 });
    const file = readFileSync(path.join(product.dataDir, 'client-key'), 'utf8').trim();
    assert.notEqual(file, product.key);
    assert.deepEqual([(await ask(product.key)).status, (await ask(file)).status], [200, 200]);
  });

  test('revoking cuts the stream of this key with an error', async () => {
    const { key, value } = await make();
    const body = JSON.stringify({
      model: 'local/script',
      stream: true,
      messages: [{ role: 'user', content: 'REPEAT 1 begun\nWAIT 30000\nREPEAT 1 never' }],
    });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${value}` };
    const text = await new Promise<string>((resolve, reject) => {
      const sent = request(`${product.url}/v1/chat/completions`, { method: 'POST', headers }, (reply) => {
        let said = '';
        reply.setEncoding('utf8').on('data', (chunk: string) => {
          said += chunk;
          if (said.includes('begun') && !said.includes('error'))
            product.call('keys.revoke', { id: key.id }).catch(reject);
        });
        reply.on('end', () => resolve(said));
        reply.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
    assert.match(text, /invalid_api_key/);
    assert.doesNotMatch(text, /never|\[DONE\]/);
    // 429: this address has sent several wrong keys by now.
    assert.ok([401, 429].includes((await ask(value)).status));
    assert.equal(await listed(key.id), undefined);
  });
});

test('keys from outside and keys made here live side by side; what is counted survives a restart', async () => {
  let product = await Product.start({ AUTH_TOKEN: 'from-outside', AUTH_TOKENS: 'another' });
  try {
    const { value } = Made.parse(await product.call('keys.create', { name: 'Mine' }));
    const ask = (key: string) =>
      product.ask('/v1/chat/completions', { model: 'local/echo', messages }, { authorization: `Bearer ${key}` });
    for (const key of ['from-outside', 'another', value]) assert.equal((await ask(key)).status, 200);
    assert.equal(await product.refusal('keys.revoke', { id: 'default' }), 'fixed');
    const { home } = product;
    await product.stop({ keep: true });
    product = await Product.start({ AUTH_TOKEN: 'from-outside' }, undefined, { home });
    assert.deepEqual(
      z.array(ClientKey).parse(await product.call('keys.list', null)).map((key) => [key.name, key.lockedBy, key.requests24h]),
      [['Default', 'AUTH_TOKEN', 1], ['Mine', null, 1]],
    ); // prettier-ignore
    assert.equal((await ask(value)).status, 200);
    assert.equal((await ask('another')).status, 401);
  } finally {
    await product.stop();
  }
});
