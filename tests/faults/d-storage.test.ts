/** Group D: what a file that cannot be read and a hostile file of tokens do. The rest of the group stands in tests/api and electron/gateway/backup. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { lockText } from '../../electron/gateway/backup/locked-file.ts';
import { ImportPreview } from '../../shared/backup.ts';
import { GatewayState } from '../../shared/state.ts';
import { Token } from '../../shared/token.ts';
import { Product } from '../api/product.ts';
import { inject } from './harness/inject.ts';

const passphrase = 'a passphrase of mine';
const made = { madeAt: 5, by: '0.1.0' };
const token = (more: object = {}) => ({
  provider: 'zai-api', alias: 'A1', secret: 'key-0123456789abcdef', role: 'user', account: null, userId: null,
  enabled: true, weight: 1, priority: 1, createdAt: 5, ...more,
}); // prettier-ignore

const stateOf = async (product: Product) => GatewayState.parse(await product.call('state.get', null));
const tokensOf = async (product: Product) =>
  z.array(Token).parse(await product.call('tokens.list', { provider: 'zai-api' }));

describe('storage', { concurrency: 2 }, () => {
  test('F074 settings that the disk does not give back are replaced by their copy, and told', async () => {
    const first = await Product.start();
    await first.call('preferences.set', { theme: 'dark' });
    await first.stop({ keep: true });
    const file = path.join(first.dataDir, 'settings.json');
    // The file itself is bad, wherever it is moved to; what is written in its place is not.
    const bad = inject(`
      import fs, { fstatSync, statSync } from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const read = fs.readFileSync;
      fs.readFileSync = (place, ...rest) => {
        const stat = typeof place === 'number' ? fstatSync(place) : statSync(place, { throwIfNoEntry: false });
        if (stat?.ino === ${statSync(file).ino}) throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
        return read(place, ...rest);
      };
      syncBuiltinESMExports();`);
    const second = await Product.start(bad.environment, undefined, { home: first.home });
    try {
      const { theme, recovered } = await stateOf(second);
      assert.equal(theme, 'dark');
      assert.deepEqual(
        recovered.map(({ what, from }) => [what, from]),
        [['settings', 'copy']],
      );
      assert.ok(readdirSync(second.dataDir).includes(recovered[0]?.keptAs ?? ''));
    } finally {
      await second.stop();
      bad.remove();
    }
  });

  test('F085 a file with a right passphrase and hostile content pollutes, writes and changes nothing', async () => {
    const product = await Product.start();
    try {
      const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`key${at}`, at]));
      const hostile: readonly (readonly [name: string, content: string])[] = [
        ['prototypes', '{"__proto__":{"polluted":1},"tokens":[],"settings":[["__proto__.polluted",1],["constructor.prototype.polluted",1]]}'],
        ['paths as providers', JSON.stringify({ tokens: [token({ provider: '../../x' }), token({ provider: '__proto__' })], settings: [] })],
        ['many keys', JSON.stringify({ ...many, tokens: [], settings: [] })],
        ['settings of this computer', JSON.stringify({ tokens: [], settings: [['server.host', '0.0.0.0'], ['server.keyRequired', false], ['network.proxy', 'http://evil.example'], ['providers.zai.baseUrl', 'https://evil.example']] })],
        ['wrong types', JSON.stringify({ tokens: [], settings: [['ui.theme', { toString: 'x' }], ['logs.keep', 1e99]] })],
      ]; // prettier-ignore
      for (const [name, content] of hostile) {
        const text = await lockText(content, passphrase, made);
        const done = ImportPreview.parse(await product.call('data.import', { text, passphrase, settings: true }));
        assert.deepEqual([done.tokens.added, done.providers, done.settings], [0, [], []], name);
      }
      const refused: readonly (readonly [name: string, content: string])[] = [
        ['no content', '[]'],
        ['a secret with a line break', JSON.stringify({ tokens: [token({ secret: 'a\nb' })], settings: [] })],
        ['a weight beyond its range', JSON.stringify({ tokens: [token({ weight: 1e9 })], settings: [] })],
        ['not even JSON', '{"tokens":'],
      ];
      for (const [name, content] of refused) {
        const text = await lockText(content, passphrase, made);
        assert.equal(
          await product.refusal('data.import', { text, passphrase, settings: true }),
          'export_damaged',
          name,
        );
      }
      const { host, keyRequired } = await stateOf(product);
      assert.deepEqual([host, keyRequired, await tokensOf(product)], ['127.0.0.1', true, []]);
      assert.deepEqual(readdirSync(product.home), ['data']);
      assert.doesNotMatch(readFileSync(path.join(product.dataDir, 'logs/traygate.log'), 'utf8'), /"level":(50|60)/);
    } finally {
      await product.stop();
    }
  });
});
