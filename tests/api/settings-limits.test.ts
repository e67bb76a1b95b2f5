/** Limits that the user sets: in force from the next request on, with the sentence that says which one it was. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { SettingsView } from '../../shared/settings.ts';
import { send } from './http.ts';
import { Product } from './product.ts';

const certificate = path.join(import.meta.dirname, '../fixtures/tls/unsigned.cert');

describe('limits', () => {
  let product: Product;
  before(async () => {
    product = await Product.start({ TRAYGATE_TRUSTED_PROXIES: '127.0.0.1', RETRY_ATTEMPTS: '2' });
  });
  after(() => product.stop());
  const set = (setting: string, value: unknown) => product.call('settings.set', { path: setting, value });
  const ask = (content: string) => product.chat({ model: 'local/script', messages: [{ role: 'user', content }] });

  test('the size of a request, from the next one on', async () => {
    const large = `REPEAT 1 fine\n${'#'.repeat(1_200_000)}`;
    assert.equal((await ask(large)).status, 200);
    await set('server.maxMegabytes', 1);
    const refused = await ask(large);
    assert.deepEqual([refused.status, /larger than 1 MB/.test(refused.text)], [413, true]);
    await set('server.maxMegabytes', 2);
    assert.equal((await ask(large)).status, 200);
  });

  test('requests at once: those beyond are refused with a wait, and what costs nothing is still answered', async () => {
    await set('server.maxRequests', 1);
    const first = ask('WAIT 1500\nREPEAT 1 slow');
    const refusedOf = async () => {
      const answers = await Promise.all([ask('REPEAT 1 a'), ask('REPEAT 1 b')]);
      return answers.filter(({ status }) => status !== 200);
    };
    const [refused] = await refusedOf();
    assert.equal(refused?.status, 503);
    assert.match(refused?.text ?? '', /allowed at once \(1\)/);
    assert.ok(refused?.headers['retry-after']);
    assert.equal((await product.ask('/v1/models')).status, 200);
    assert.equal((await first).status, 200);
    await set('server.maxRequests', 2_500);
    assert.deepEqual(await refusedOf(), []);
  });

  test('only listed computers, and always this one', async () => {
    const from = (address: string) => product.ask('/v1/models', undefined, { 'x-forwarded-for': address });
    assert.equal((await from('203.0.113.9')).status, 200);
    await set('server.allowedClients', ['203.0.113.0/28', 'fd00::/8']);
    assert.equal((await from('203.0.113.9')).status, 200);
    assert.equal((await from('fd00::9')).status, 200);
    const stranger = await from('203.0.113.99');
    assert.deepEqual([stranger.status, /203\.0\.113\.99 is not among them/.test(stranger.text)], [403, true]);
    const guess = await send(product.url, { path: '/health', headers: { 'x-forwarded-for': '203.0.113.99' } });
    assert.equal(guess.status, 403);
    assert.equal((await product.ask('/v1/models')).status, 200);
    assert.equal(
      await product.refusal('settings.set', { path: 'server.allowedClients', value: ['home'] }),
      'setting_invalid',
    );
    await set('server.allowedClients', []);
    assert.equal((await from('203.0.113.99')).status, 200);
  });

  test('a file of certificates is looked into before it is saved', async () => {
    const none = path.join(product.home, 'none.pem');
    const empty = path.join(product.home, 'empty.pem');
    writeFileSync(empty, '');
    for (const [file, reason] of [
      [none, 'certificate_unreadable'],
      [empty, 'certificate_none'],
      ['', 'setting_invalid'],
    ])
      assert.equal(await product.refusal('settings.set', { path: 'network.caFile', value: file }), reason, file);
    const view = SettingsView.parse(await set('network.caFile', certificate));
    assert.equal(view.values['network.caFile'], certificate);
    assert.deepEqual(await product.call('settings.certificates', null), {
      certificates: [{ subject: 'CN=nobody.invalid', until: Date.UTC(2126, 9, 28, 15, 15, 46) }],
      problem: null,
    });
    await set('network.caFile', null);
  });

  test('what a variable sets is in force, and named', async () => {
    const view = SettingsView.parse(await product.call('settings.get', null));
    assert.deepEqual([view.values['retry.attempts'], view.locked['retry.attempts']], [2, 'RETRY_ATTEMPTS']);
    assert.equal(await product.refusal('settings.set', { path: 'retry.attempts', value: 3 }), 'fixed');
  });
});
