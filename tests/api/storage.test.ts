/** What is saved: backups, export and import, damaged files, newer files, one writer, through the product as it runs. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { Backup, BackupPreview, ImportPreview } from '../../shared/backup.ts';
import { GatewayState } from '../../shared/state.ts';
import { Token } from '../../shared/token.ts';
import { Product } from './product.ts';

const Exported = z.object({ name: z.string(), text: z.string(), tokens: z.number(), leftOut: z.number() });
const passphrase = 'a passphrase of mine';
const secret = (at: number): string => `key-${at}-${'0123456789abcdef'.repeat(2)}`;

async function addTokens(product: Product, from: number, to: number): Promise<void> {
  const text = Array.from({ length: to - from }, (_, at) => secret(from + at)).join('\n');
  await product.call('tokens.add', { provider: 'zai-api', text, check: false });
}
async function tokens(product: Product): Promise<Token[]> {
  return z.array(Token).parse(await product.call('tokens.list', { provider: 'zai-api' }));
}
async function aliases(product: Product): Promise<string[]> {
  return (await tokens(product)).map(({ alias }) => alias);
}
async function state(product: Product): Promise<GatewayState> {
  return GatewayState.parse(await product.call('state.get', null));
}
/** What a test does with a product; it is stopped and removed afterwards. */
async function withProduct(work: (product: Product) => Promise<void>, place = {}): Promise<void> {
  const product = await Product.start({}, undefined, place);
  try {
    await work(product);
  } finally {
    await product.stop();
  }
}

describe('storage', { concurrency: 2 }, () => {
  test('a backup is made, told, previewed and restored; what was, is saved first; running tokens stay the same', () =>
    withProduct(async (product) => {
      await addTokens(product, 0, 3);
      await product.call('preferences.set', { theme: 'dark' });
      const backup = Backup.parse(await product.call('backups.make', null));
      assert.deepEqual([backup.kind, backup.tokens, backup.problem], ['manual', 3, null]);
      const before = await aliases(product);
      const [first, second] = await tokens(product);
      await product.call('tokens.remove', { ids: [first?.id] });
      await product.call('tokens.rename', { id: second?.id, alias: 'renamed' });
      await addTokens(product, 3, 5);
      await product.call('preferences.set', { theme: 'light' });

      const preview = BackupPreview.parse(await product.call('backups.preview', { id: backup.id }));
      assert.deepEqual([preview.returning, preview.leaving, preview.settings], [1, 2, ['ui.theme']]);
      assert.equal((await tokens(product)).length, 4, 'a preview changes nothing');

      await product.call('backups.restore', { id: backup.id });
      assert.deepEqual([(await aliases(product)).toSorted(), (await state(product)).theme], [before, 'dark']);
      assert.ok((await tokens(product)).every(({ state: health }) => health !== 'locked'));
      const list = z.array(Backup).parse(await product.call('backups.list', null));
      const safety = list.find(({ kind }) => kind === 'safety');
      assert.equal(safety?.tokens, 4);
      await product.call('backups.restore', { id: safety?.id });
      assert.equal((await tokens(product)).length, 4, 'and back again');
      if (process.platform !== 'win32')
        for (const { id } of list)
          assert.equal(statSync(path.join(product.dataDir, 'backups', id)).mode & 0o777, 0o600);
      assert.equal(await product.refusal('backups.preview', { id: '../traygate.db' }), 'gone');
    }));

  test('F085: an export opens with its passphrase only, and adds elsewhere what is not there yet', () =>
    withProduct(async (product) => {
      await addTokens(product, 0, 3);
      await product.call('preferences.set', { theme: 'dark' });
      const service = { kind: 'openai-compatible', name: 'Mine', baseUrl: 'http://127.0.0.1:9/v1' };
      await product.call('provider.add', { provider: service, keys: 'key-of-mine-0123456789' });
      const exported = Exported.parse(await product.call('data.export', { passphrase }));
      assert.deepEqual([exported.tokens, exported.leftOut], [4, 0]);
      for (const hidden of [secret(0), 'key-of-mine', passphrase, product.key])
        assert.ok(!exported.text.includes(hidden));

      await withProduct(async (other) => {
        await addTokens(other, 2, 4);
        const file = { text: exported.text, passphrase };
        const preview = ImportPreview.parse(await other.call('data.preview', file));
        assert.deepEqual(
          [preview.tokens, preview.providers, preview.settings],
          [{ added: 3, known: 1, strange: 0 }, ['Mine'], ['ui.theme']],
        );
        assert.equal((await tokens(other)).length, 2, 'a preview changes nothing');
        assert.equal(
          await other.refusal('data.import', { ...file, passphrase: 'another one', settings: true }),
          'passphrase_wrong',
        );
        await other.call('data.import', { ...file, settings: true });
        assert.equal((await tokens(other)).length, 4);
        assert.equal(z.array(Token).parse(await other.call('tokens.list', { provider: 'mine' })).length, 1);
        assert.deepEqual([(await state(other)).theme, (await state(other)).port], ['dark', other.port]);
        const again = ImportPreview.parse(await other.call('data.import', { ...file, settings: true }));
        assert.deepEqual([again.tokens.added, again.providers, again.settings], [0, [], []]);
        assert.equal(
          await other.refusal('data.preview', { text: '{"__proto__":{"x":1}}', passphrase }),
          'export_unknown',
        );
      });
    }));

  test('an import sends no key to another address: a service of the same name elsewhere keeps its own', () =>
    withProduct(async (product) => {
      const service = (port: number) => ({
        kind: 'openai-compatible',
        name: 'Mine',
        baseUrl: `http://127.0.0.1:${port}/v1`,
      });
      await product.call('provider.add', { provider: service(9), keys: 'key-of-mine-0123456789' });
      const { text } = Exported.parse(await product.call('data.export', { passphrase }));
      await withProduct(async (other) => {
        await other.call('provider.add', { provider: service(10), keys: null });
        const done = ImportPreview.parse(await other.call('data.import', { text, passphrase, settings: true }));
        assert.deepEqual([done.tokens, done.providers], [{ added: 0, known: 0, strange: 1 }, []]);
      });
    }));

  test('F075 F077: damaged files are replaced from a backup, kept, and told until the user has read it', async () => {
    const first = await Product.start();
    await addTokens(first, 0, 3);
    await first.call('preferences.set', { theme: 'dark' });
    await first.call('backups.make', null);
    await first.kill();
    for (const name of ['traygate.db', 'settings.json', 'settings.copy.json'])
      writeFileSync(path.join(first.dataDir, name), 'damaged');
    const second = await Product.start({}, undefined, { home: first.home });
    try {
      assert.deepEqual([(await aliases(second)).length, (await state(second)).theme], [3, 'dark']);
      const { recovered } = await state(second);
      assert.deepEqual(recovered.map(({ what }) => what).toSorted(), ['database', 'settings']);
      for (const { keptAs, backup } of recovered) {
        assert.equal(readFileSync(path.join(second.dataDir, keptAs), 'utf8'), 'damaged');
        assert.ok(backup !== null);
      }
      assert.equal(second.key, first.key, 'clients go on with the same key');
    } finally {
      await second.stop({ keep: true });
    }
    await withProduct(
      async (third) => {
        assert.equal((await state(third)).recovered.length, 2, 'still told after a restart');
        await third.call('recovered.dismiss', null);
        assert.deepEqual((await state(third)).recovered, []);
      },
      { home: first.home },
    );
  });

  test('F078: a database of a newer version stops the start with one sentence, as it is', async () => {
    const product = await Product.start();
    await product.stop({ keep: true });
    const file = path.join(product.dataDir, 'traygate.db');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 999');
    database.close();
    const before = readFileSync(file);
    const again = Product.start({}, undefined, { home: product.home });
    await assert.rejects(
      again,
      /was written by a newer version of Traygate\. Install that version, or use another data folder\.\n$/,
    );
    assert.deepEqual(readFileSync(file), before);
    product.remove();
  });

  test('F079: with another sealing key tokens are locked, nothing is overwritten, and the old key opens them again', async () => {
    const key = { TRAYGATE_SECRET_KEY: 'the first passphrase' };
    const first = await Product.start(key);
    await addTokens(first, 0, 2);
    await first.stop({ keep: true });
    const other = await Product.start({ TRAYGATE_SECRET_KEY: 'another passphrase' }, undefined, { home: first.home });
    assert.deepEqual(
      (await tokens(other)).map((token) => token.state),
      ['locked', 'locked'],
    );
    const { tokens: count, leftOut } = Exported.parse(await other.call('data.export', { passphrase }));
    assert.deepEqual([count, leftOut], [0, 2]);
    await other.stop({ keep: true });
    const back = await Product.start(key, undefined, { home: first.home });
    try {
      assert.ok((await tokens(back)).every((token) => token.state !== 'locked'));
      assert.equal(back.key, first.key);
    } finally {
      await back.stop();
    }
  });

  test('F082: a second process on the same folder is refused and told the first', () =>
    withProduct(async (product) => {
      const second = Product.start({}, undefined, { home: product.home });
      await assert.rejects(second, new RegExp(`already runs .*pid ${product.pid}, ${product.url}`));
    }));

  test('F090: an answer that was cut off by the death of the process is in Logs as interrupted', async () => {
    const first = await Product.start();
    const prompt = 'REPEAT 3 word\nWAIT 30000';
    const asked = first
      .chat({ model: 'local/script', stream: true, messages: [{ role: 'user', content: prompt }] })
      .catch(() => null);
    const noted = () => {
      const database = new DatabaseSync(path.join(first.dataDir, 'traygate.db'), { readOnly: true });
      const row = database.prepare('SELECT count(*) AS n FROM open_exchanges').get();
      database.close();
      return row?.['n'] === 1;
    };
    while (!noted()) await new Promise((resolve) => setTimeout(resolve, 20));
    await first.kill();
    await asked;
    await withProduct(
      async (second) => {
        const [row, ...further] = await second.rows();
        assert.deepEqual([row?.outcome, row?.resolvedModel, further.length], ['interrupted', 'local/script', 0]);
      },
      { home: first.home },
    );
  });

  test(
    'F080: what others could read is tightened, with one warning',
    { skip: process.platform === 'win32' },
    async () => {
      const product = await Product.start();
      await product.stop({ keep: true });
      mkdirSync(path.join(product.dataDir, 'logs'), { recursive: true, mode: 0o755 });
      writeFileSync(path.join(product.dataDir, 'settings.json'), '{}', { mode: 0o644 });
      chmodSync(product.dataDir, 0o755);
      await withProduct(
        async (again) => {
          const log = readFileSync(path.join(again.dataDir, 'logs/traygate.log'), 'utf8');
          assert.equal(log.split('other users could read').length - 1, 1);
          assert.equal(statSync(again.dataDir).mode & 0o777, 0o700);
          for (const name of readdirSync(again.dataDir)) {
            const place = statSync(path.join(again.dataDir, name));
            assert.equal(place.mode & 0o077, 0, name);
          }
        },
        { home: product.home },
      );
    },
  );
});
