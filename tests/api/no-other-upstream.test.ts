/** Nobody is contacted but the providers that are configured and switched on: the product runs with a resolver that denies all. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { builtIns } from '../../shared/provider.ts';
import { closeAll, configFor, startAll } from '../simulators/all.ts';
import { nowhere } from '../nowhere.ts';
import { Product } from './product.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-deny-'));
after(() => rmSync(folder, { recursive: true }));

/** The providers at their real addresses, which nobody can reach here. */
const atHome = Object.fromEntries(Object.keys(nowhere).map((name) => [name, '']));
const realHosts = ['chat.z.ai', 'api.z.ai', 'www.k2think.ai', 'api.k2think.ai', 'longcat.chat', 'api.longcat.chat'];

let number = 0;
async function start(config: string): Promise<{ product: Product; dialled: () => string[] }> {
  const [dialled, file] = [path.join(folder, `dialled-${++number}`), path.join(folder, `config-${number}.json`)];
  writeFileSync(file, config);
  const product = await Product.start({
    ...atHome,
    ANONYMOUS_MODE: 'true',
    TRAYGATE_CONFIG: file,
    TRAYGATE_TEST_DIALLED: dialled,
    NODE_OPTIONS: `--import ${pathToFileURL(path.join(import.meta.dirname, 'deny-all.ts')).href}`,
  });
  const read = () => (existsSync(dialled) ? readFileSync(dialled, 'utf8').split('\n').filter(Boolean) : []);
  return { product, dialled: () => [...new Set(read())].toSorted() };
}

/** All that makes a gateway go out: requests of each dialect, pictures by address, lists of models, checks of tokens, canaries. */
async function useAll(product: Product): Promise<readonly number[]> {
  const Ids = z.array(z.object({ id: z.string() }));
  const Providers = z.object({
    providers: z.array(z.object({ id: z.string(), enabled: z.boolean(), needsToken: z.boolean() })),
  });
  const { providers } = Providers.parse(await product.call('state.get', null));
  const on = providers.filter(({ id, enabled }) => enabled && id !== 'local');
  const wanted: string[] = [];
  for (const { id: provider, needsToken } of on) {
    await product.call('provider.refreshModels', { provider });
    const models = Ids.parse(await product.call('models.list', { provider }));
    wanted.push(...models.slice(0, 2).map(({ id }) => `${provider}/${id}`));
    const tokens = needsToken ? Ids.parse(await product.call('tokens.list', { provider })) : [];
    if (tokens.length > 0) await product.call('tokens.check', { ids: tokens.map(({ id }) => id) });
  }
  await product.call('radar.run', { provider: null });
  const statuses: number[] = [];
  for (const model of wanted) {
    const messages = [{ role: 'user', content: 'Look at https://www.example.com/ and answer.' }];
    const picture = { type: 'image_url', image_url: { url: 'https://pictures.example.org/a.png' } };
    const replies = await Promise.all([
      product.chat({ model, messages, stream: true }),
      product.chat({ model, messages: [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }, picture] }] }),
      product.ask('/v1/messages', { model, messages, max_tokens: 16 }),
      product.ask('/v1/responses', { model, input: 'Hello' }),
    ]);
    statuses.push(...replies.map(({ status }) => status));
  }
  await product.ask('/docs/');
  return statuses;
}

test('out of the box, with every provider: their own addresses and nothing else', async () => {
  const tokens = Object.keys(builtIns).filter((id) => id !== 'local').map((id) => [id, { tokens: [`sample-token-of-${id}-0000000001`] }]); // prettier-ignore
  const { product, dialled } = await start(JSON.stringify({ providers: Object.fromEntries(tokens) }));
  try {
    await useAll(product);
    assert.deepEqual(dialled(), realHosts.toSorted());
  } finally {
    await product.stop();
  }
});

test('one service, all else switched off: that service and nothing else', async () => {
  const off = Object.keys(builtIns).filter((id) => id !== 'local').map((id) => [id, { enabled: false }]); // prettier-ignore
  const acme = {
    kind: 'openai-compatible',
    baseUrl: 'https://only.example.net/v1',
    keys: ['sk-sample'],
    models: ['m'],
  };
  const { product, dialled } = await start(JSON.stringify({ providers: { ...Object.fromEntries(off), acme } }));
  try {
    await useAll(product);
    assert.deepEqual(dialled(), ['only.example.net']);
  } finally {
    await product.stop();
  }
});

test('every provider answering: nobody beyond them, whatever requests and answers name', async () => {
  const simulators = await startAll();
  const { product, dialled } = await start(configFor(simulators));
  try {
    const statuses = await useAll(product);
    assert.ok(statuses.filter((status) => status === 200).length > 30, `they answer: ${statuses.join(' ')}`);
    assert.deepEqual(dialled(), []);
  } finally {
    await product.stop();
    await closeAll(simulators);
  }
});
