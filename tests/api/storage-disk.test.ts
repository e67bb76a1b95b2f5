/** A disk that is full, as `ulimit -f` shows it: writes fail in the middle. What was saved stays, and Traygate goes on. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { Token } from '../../shared/token.ts';
import { Product } from './product.ts';

const skip = process.platform === 'win32' ? 'there is no ulimit' : false;
/** In blocks of 512 bytes. */
const largestFile = 300;

const echo = { model: 'local/echo', messages: [{ role: 'user', content: 'still here' }] };
const bulky = (at: number) => ({
  kind: 'openai-compatible',
  name: `Service ${at}`,
  baseUrl: 'http://127.0.0.1:9/v1',
  models: Array.from({ length: 100 }, (_, model) => `model-${at}-${model}-${'x'.repeat(40)}`),
});

async function aliasesOf(product: Product): Promise<string[]> {
  const tokens = z.array(Token).parse(await product.call('tokens.list', { provider: 'zai-api' }));
  return tokens.map(({ alias }) => alias);
}

/** Repeats a change until it is refused; the reason of the refusal. */
async function until(product: Product, call: string, input: (at: number) => unknown): Promise<string | undefined> {
  for (let at = 0; at < 1_000; at++) {
    const refused = await product.tried(call, input(at));
    if (refused !== null) return refused;
  }
  throw new Error('It was never refused.');
}

test('F072: a full disk refuses settings, leaves the file as it was, and requests are answered', { skip }, async () => {
  const product = await Product.start({}, undefined, { largestFile });
  const file = path.join(product.dataDir, 'settings.json');
  let before = '';
  try {
    const reason = await until(product, 'provider.add', (at) => {
      if (at > 0) before = readFileSync(file, 'utf8');
      return { provider: bulky(at), keys: null };
    });
    assert.equal(reason, 'disk_full');
    assert.ok(before.length > 50_000, String(before.length));
    assert.equal(readFileSync(file, 'utf8'), before);
    assert.deepEqual(
      readdirSync(product.dataDir).filter((name) => name.endsWith('.traygate-new')),
      [],
    );
    assert.equal((await product.chat(echo)).status, 200);
  } finally {
    await product.stop({ keep: true });
  }
  const again = await Product.start({}, undefined, { home: product.home });
  const saved = z.array(z.object({ name: z.string() })).parse(await again.call('providers.added', null));
  assert.equal(saved.at(-1)?.name, `Service ${saved.length - 1}`);
  await again.stop();
});

test(
  'F072 F073: a full disk refuses tokens and loses none; it starts all the same, and goes on when there is room',
  { skip },
  async () => {
    const product = await Product.start({}, undefined, { largestFile });
    const text = (at: number) =>
      Array.from({ length: 50 }, (_, one) => `key-${at}-${one}-${'0123456789'.repeat(4)}`).join('\n');
    const reason = await until(product, 'tokens.add', (at) => ({ provider: 'zai-api', text: text(at), check: false }));
    assert.equal(reason, 'disk_full');
    const saved = await aliasesOf(product);
    assert.ok(saved.length >= 50 && saved.length % 50 === 0, String(saved.length));
    assert.equal((await product.chat(echo)).status, 200);
    assert.equal((await product.rows())[0]?.outcome, 'ok', 'also in Logs, from memory');
    await product.kill();

    const full = await Product.start({}, undefined, { home: product.home, largestFile });
    assert.deepEqual(await aliasesOf(full), saved);
    assert.equal((await full.chat(echo)).status, 200);
    await full.kill();

    const roomy = await Product.start({}, undefined, { home: product.home });
    assert.deepEqual(await aliasesOf(roomy), saved);
    await roomy.call('tokens.add', { provider: 'zai-api', text: text(9_999), check: false });
    assert.equal((await aliasesOf(roomy)).length, saved.length + 50);
    await roomy.stop();
  },
);
