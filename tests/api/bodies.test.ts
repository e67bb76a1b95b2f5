/** What was asked and answered (docs/logs.md): where it is kept, and that no secret is in it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Bodies, type Captured } from '../../shared/capture.ts';
import { asCurl } from '../../renderer/pages/logs/export/snippets.ts';
import { Product } from './product.ts';

const canary = 'CANARY7f3a9c55b2';
let product: Product;

before(async () => {
  product = await Product.start({ AUTH_TOKEN: `key-${canary}` });
});
after(() => product.stop());

const bodiesOf = async (id: string): Promise<Bodies> => Bodies.parse(await product.call('exchanges.bodies', { id }));

async function captured(id: string): Promise<Captured> {
  const bodies = await bodiesOf(id);
  assert.ok(bodies.captured);
  return bodies.captured;
}

const body = (said: string) => ({
  model: 'local/echo',
  messages: [{ role: 'user', content: said }],
  metadata: { password: canary, user_id: canary },
});

async function ask(said: string): Promise<string> {
  const reply = await product.ask('/v1/chat/completions', body(said), {
    'x-api-key': product.key,
    cookie: `session=${canary}`,
    'x-tenant': canary,
  });
  assert.equal(reply.status, 200, reply.text);
  const id = String(reply.headers['x-request-id']);
  await product.row(id);
  return id;
}

const everywhere = (): string =>
  readdirSync(product.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(db|db-wal|log)$/.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('');

test('by default they are in memory only, without secrets, and in no report', async () => {
  await product.call('settings.set', { path: 'logs.redact', value: ['x-tenant', '$.metadata.user_id'] });
  const id = await ask(`Repeat HARMLESS and Bearer ${canary}`);
  const { request, response } = await captured(id);
  const seen = JSON.stringify(await captured(id));
  assert.ok(!seen.includes(canary), seen);
  assert.match(request.body, /HARMLESS/);
  assert.match(response.text, /HARMLESS/);
  for (const name of ['authorization', 'x-api-key', 'cookie', 'x-tenant'])
    assert.deepEqual(request.headers.find(([header]) => header === name)?.[1], '[redacted]', name);
  const report = JSON.stringify(await product.call('support.preview', null));
  assert.ok(!report.includes('HARMLESS') && !report.includes(canary));
  assert.ok(!everywhere().includes('HARMLESS'));
});

test('on disk they are sealed, outlive what is in memory, and go when the log is cleared', async () => {
  await product.call('settings.set', { path: 'logs.bodies', value: 'all' });
  const id = await ask('Repeat ONDISK');
  for (let at = 0; at < 30; at++) await ask('Repeat it');
  await product.stop({ keep: true });
  assert.ok(!everywhere().includes('ONDISK'));
  product = await Product.start({ AUTH_TOKEN: `key-${canary}` }, undefined, { home: product.home });
  assert.match((await captured(id)).request.body, /ONDISK/);
  await product.call('exchanges.clear', null);
  assert.equal((await bodiesOf(id)).captured, null);
});

test('switched off, nothing is kept, and it is said', async () => {
  await product.call('settings.set', { path: 'logs.bodies', value: 'off' });
  assert.deepEqual(await bodiesOf(await ask('Repeat nothing')), { mode: 'off', captured: null });
  await product.call('settings.set', { path: 'logs.bodies', value: 'memory' });
});

test('what is copied as cURL asks the same and gets the same answer', async (context) => {
  const run = promisify(execFile);
  const hasCurl = await run('curl', ['--version']).then(
    () => true,
    () => false,
  );
  if (!hasCurl) {
    context.skip('there is no curl on this machine');
    return;
  }
  const { request, response } = await captured(await ask("It's a 'test' of $HOME"));
  const script = asCurl({ baseUrl: product.url, dialect: 'openai-chat', body: request.body, key: null });
  assert.ok(!script.includes(product.key));
  const { stdout } = await run('sh', ['-c', script], { env: { ...process.env, API_KEY: product.key } });
  const answer = JSON.parse(stdout) as { model: string; choices: { message: { content: string } }[] };
  assert.equal(answer.choices[0]?.message.content, response.text);
});
