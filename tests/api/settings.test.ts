/** Settings as the window changes them: applied to what runs, or refused with everything as it was. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { SettingsView } from '../../shared/settings.ts';
import { GatewayState } from '../../shared/state.ts';
import { send } from './http.ts';
import { Product } from './product.ts';

async function takePort(): Promise<{ port: number; free: () => Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return { port: address.port, free: () => new Promise((resolve) => server.close(() => resolve())) };
}

describe('settings', () => {
  let product: Product;
  before(async () => {
    product = await Product.start({ ANONYMOUS_MODE: '', TOOL_SUPPORT: 'false' }, undefined, {
      settings: { server: { port: 0 } },
    });
  });
  after(() => product.stop());
  const set = async (setting: string, value: unknown) =>
    SettingsView.parse(await product.call('settings.set', { path: setting, value }));
  const saved = () => readFileSync(path.join(product.dataDir, 'settings.json'), 'utf8');

  test('a value is in force, saved and told; a reset brings the default back', async () => {
    assert.equal((await set('pool.queueSeconds', 7)).values['pool.queueSeconds'], 7);
    assert.match(saved(), /"queueSeconds": 7/);
    const view = SettingsView.parse(await product.call('settings.reset', { path: 'pool.queueSeconds' }));
    assert.equal(view.values['pool.queueSeconds'], view.defaults['pool.queueSeconds']);
  });

  test('what is not allowed, not known, or set elsewhere is refused, and changes nothing', async () => {
    const untouched = saved();
    for (const [setting, value, reason] of [
      ['pool.queueSeconds', 0, 'setting_invalid'],
      ['pool.queueSeconds', 'x', 'setting_invalid'],
      ['server.allowedOrigins', ['*'], 'setting_invalid'],
      ['network.proxy', 'proxy.lan:8080', 'setting_invalid'],
      ['network.proxy', 'ftp://proxy.lan', 'setting_invalid'],
      ['network.proxy', 'http://', 'setting_invalid'],
      ['network.proxy', '', 'setting_invalid'],
      ['no.such', 1, 'setting_unknown'],
      ['providers.added', [], 'setting_unknown'],
      ['__proto__', 1, 'setting_unknown'],
      ['behaviour.tools', true, 'fixed'],
    ] as const)
      assert.equal(
        await product.refusal('settings.set', { path: setting, value }),
        reason,
        `${setting} ${String(value)}`,
      );
    assert.equal(saved(), untouched);
    const view = SettingsView.parse(await product.call('settings.get', null));
    assert.equal(view.locked['behaviour.tools'], 'TOOL_SUPPORT');
  });

  test('the password of a proxy never comes back, and stays when the rest is changed', async () => {
    const view = await set('network.proxy', 'http://me:hidden-word@127.0.0.1:9');
    assert.equal(view.values['network.proxy'], 'http://me:••••@127.0.0.1:9');
    await set('network.proxy', 'http://me:••••@127.0.0.1:10');
    assert.match(saved(), /http:\/\/me:hidden-word@127\.0\.0\.1:10/);
    await product.call('settings.reset', { path: 'network.proxy' });
  });

  test('a port that another program has is refused, and the old one goes on', async () => {
    const other = await takePort();
    try {
      assert.equal(await product.refusal('settings.set', { path: 'server.port', value: other.port }), 'port_in_use');
      assert.deepEqual(await product.call('settings.port', { port: product.port }), { state: 'own', by: null });
      assert.equal((await product.ask('/v1/models')).status, 200);
    } finally {
      await other.free();
    }
    assert.deepEqual(await product.call('settings.port', { port: other.port }), { state: 'free', by: null });
  });

  test('a reset has to be typed, brings the defaults back, and makes a backup first', async () => {
    await set('pool.queueSeconds', 7);
    const backups = async () => (await product.call('backups.list', null)) as unknown[];
    const count = (await backups()).length;
    await assert.rejects(product.call('data.reset', { what: 'everything', typed: 'reset' }));
    await product.call('data.reset', { what: 'everything', typed: 'RESET' });
    assert.equal((await backups()).length, count + 1);
    const { values, defaults } = SettingsView.parse(await product.call('settings.get', null));
    assert.equal(values['pool.queueSeconds'], defaults['pool.queueSeconds']);
    assert.deepEqual(await product.rows(), []);
    assert.equal((await product.ask('/v1/models')).status, 200);
  });

  test('no key is for this computer only', async () => {
    await set('server.keyRequired', false);
    assert.equal((await send(product.url, { path: '/v1/models' })).status, 200);
    assert.equal(await product.refusal('settings.set', { path: 'server.host', value: '0.0.0.0' }), 'lan_requires_key');
    await set('server.keyRequired', true);
    assert.equal((await send(product.url, { path: '/v1/models' })).status, 401);
  });

  test('other devices are let in and shut out at once, at the same port; no key cannot be chosen meanwhile', async () => {
    await set('server.host', '0.0.0.0');
    const state = GatewayState.parse(await product.call('state.get', null));
    assert.deepEqual(state.addresses, [`0.0.0.0:${product.port}`]);
    assert.equal(
      await product.refusal('settings.set', { path: 'server.keyRequired', value: false }),
      'lan_requires_key',
    );
    assert.equal((await product.ask('/v1/models')).status, 200);
    await set('server.host', '127.0.0.1');
    assert.equal(GatewayState.parse(await product.call('state.get', null)).addresses[0], `127.0.0.1:${product.port}`);
  });
});

test('A4: the port changes while a stream runs: it ends where it began, and the new one answers at once', async () => {
  const product = await Product.start({}, undefined, { settings: { server: { port: 0 } } });
  try {
    const next = await takePort();
    await next.free();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${product.key}` };
    let moved = 0;
    const text = await new Promise<string>((resolve, reject) => {
      const sent = request(`${product.url}/v1/chat/completions`, { method: 'POST', headers }, (reply) => {
        let said = '';
        reply.setEncoding('utf8').on('data', (chunk: string) => {
          said += chunk;
          if (moved++ > 0) return;
          product
            .call('settings.set', { path: 'server.port', value: next.port })
            .then(() => send(`http://127.0.0.1:${next.port}`, { path: '/v1/models', headers }))
            .then((models) => assert.equal(models.status, 200))
            .catch(reject);
        });
        reply.on('end', () => resolve(said));
        reply.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(
        JSON.stringify({
          model: 'local/script',
          stream: true,
          messages: [{ role: 'user', content: 'REPEAT 1 begun\nWAIT 2000\nREPEAT 1 ended' }],
        }),
      );
    });
    assert.match(text, /begun[\s\S]*ended[\s\S]*\[DONE\]/);
    await assert.rejects(send(product.url, { path: '/health' }), { code: 'ECONNREFUSED' });
    assert.match(readFileSync(path.join(product.dataDir, 'settings.json'), 'utf8'), new RegExp(`"port": ${next.port}`));
  } finally {
    await product.stop();
  }
});
