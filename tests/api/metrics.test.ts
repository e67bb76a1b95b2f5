/** Figures for Prometheus, the report for the maintainers, and that none of both, nor any file, holds a secret. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { startZaiSimulator } from '../simulators/zai/simulator.ts';
import { send } from './http.ts';
import { Product } from './product.ts';

const canary = (kind: string): string => `CANARY-${kind}-2b81d4e6f0`;
const password = canary('admin');
const Preview = z.object({ id: z.string(), name: z.string(), text: z.string() });

async function metricsOf({ url }: Product): Promise<string> {
  const reply = await send(url, { path: '/metrics', headers: { authorization: `Bearer ${password}` } });
  assert.equal(reply.status, 200);
  assert.match(String(reply.headers['content-type']), /^text\/plain; version=0\.0\.4/);
  assert.equal(reply.headers['cache-control'], 'no-store');
  return reply.text;
}

/** One sample by name and labels; NaN: there is none. */
function sample(text: string, name: string, labels: Readonly<Record<string, string>> = {}): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = text.split('\n').find((one) => {
    const [, found = '', inner = ''] = /^(\w+)(?:\{(.*)\})? /.exec(one) ?? [];
    return found === name && wanted.every((label) => inner.split(',').includes(label));
  });
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
}

test('requests, attempts, time and tokens are counted', async () => {
  const product = await Product.start({ ADMIN_PASSWORD: password });
  try {
    const messages = [{ role: 'user', content: 'one two three' }];
    for (let at = 0; at < 3; at++) await product.chat({ model: 'local/echo', messages, stream: at === 0 });
    await product.chat({ model: 'local/error-500', messages });
    const newest = (await product.rows())[0];
    await product.row(newest?.id ?? '');
    const text = await metricsOf(product);
    const of = { dialect: 'openai-chat', provider: 'local' };
    assert.equal(sample(text, 'traygate_requests_total', { ...of, model: 'local/echo', outcome: 'ok' }), 3);
    assert.equal(sample(text, 'traygate_requests_total', { ...of, model: 'local/error-500', outcome: 'failed' }), 1);
    assert.equal(sample(text, 'traygate_attempts_total', { provider: 'local', code: 'ok' }), 3);
    assert.ok(sample(text, 'traygate_attempts_total', { provider: 'local', code: 'upstream_error' }) >= 1);
    assert.equal(sample(text, 'traygate_request_duration_seconds_count', of), 4);
    assert.equal(sample(text, 'traygate_first_token_seconds_count', of), 3);
    assert.ok(sample(text, 'traygate_usage_tokens_total', { provider: 'local', kind: 'output' }) > 0);
    assert.equal(sample(text, 'traygate_requests_in_flight'), 0);
    assert.ok(sample(text, 'process_resident_memory_bytes') > 0);
    // Each line is a comment or a sample, as Prometheus reads it.
    for (const line of text.split('\n'))
      assert.match(line, /^$|^# (?:HELP|TYPE) |^\w+(?:\{[^}]*\})? (?:[-+.e\d]+|NaN|[-+]Inf)$/i);
  } finally {
    await product.stop();
  }
});

test('pools are counted by the state of their tokens', async () => {
  const zai = await startZaiSimulator();
  const product = await Product.start({ ADMIN_PASSWORD: password, ZAI_BASE_URL: zai.url });
  try {
    const text = [zai.users.add().token, zai.users.add().token].join('\n');
    await product.call('tokens.add', { provider: 'zai', text, check: false });
    const tokens = z.array(z.object({ id: z.string() })).parse(await product.call('tokens.list', { provider: 'zai' }));
    await product.call('tokens.check', { ids: [tokens[0]?.id] });
    const metrics = await metricsOf(product);
    const states = ['ready', 'unverified', 'invalid'].map((state) =>
      sample(metrics, 'traygate_pool_tokens', { provider: 'zai', state }),
    );
    assert.deepEqual(states, [1, 1, 0]);
    assert.equal(sample(metrics, 'traygate_pool_waiting', { provider: 'zai' }), 0);
  } finally {
    await product.stop();
    await zai.close();
  }
});

test('names that clients make up do not become labels', async () => {
  const product = await Product.start({ ADMIN_PASSWORD: password });
  try {
    for (let at = 0; at < 5; at++)
      await product.chat({ model: `${canary('model')}-${at}`, messages: [{ role: 'user', content: 'x' }] });
    assert.doesNotMatch(await metricsOf(product), /CANARY/);
  } finally {
    await product.stop();
  }
});

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

test('no canary of a token, a key, a password, a prompt or an answer is in a report, a figure, the log or any file', async () => {
  const key = canary('client-key');
  const product = await Product.start({ AUTH_TOKEN: key, ADMIN_PASSWORD: password, DEBUG_LOGGING: 'true' });
  try {
    const tokens = ['pasted', 'bearer', 'cookie', 'updated'].map((kind) => `${canary(kind)}-${'0'.repeat(20)}`);
    const [pasted, bearer, cookie, updated] = tokens;
    const paste = `${pasted}\nAuthorization: Bearer ${bearer}\nCookie: a=${canary('other')}; passport_token_key=${cookie}\n${canary('e')}@example.com:${canary('password')}`;
    await product.call('tokens.diagnose', { provider: 'zai', text: paste });
    await product.call('tokens.add', { provider: 'zai', text: paste, check: true });
    await product.call('tokens.add', { provider: 'longcat', text: paste, check: false, trusting: true });
    await product.call('tokens.maintain', { provider: null, steps: { check: true, dedupe: true, prune: true } });
    for (const body of [JSON.stringify([updated]), JSON.stringify({ [canary('body')]: updated }), `["${updated}"`])
      await send(product.url, {
        method: 'POST',
        path: '/v1/token-pool/update?provider=k2think',
        headers: { authorization: `Bearer ${password}`, 'content-type': 'application/json' },
        body,
      });
    await send(product.url, { path: '/metrics', headers: { authorization: `Bearer ${canary('guess')}` } });
    await product.call('provider.add', {
      provider: {
        kind: 'openai-compatible',
        name: 'Mine',
        baseUrl: 'http://127.0.0.1:9/v1',
        headers: { 'X-Secret': canary('header') },
      },
      keys: canary('service-key'),
    });
    const content = `${canary('prompt')}\nREPEAT 1 ${canary('answer')}`;
    for (const model of ['local/echo', 'local/error-500', 'GLM-4.5'])
      await product.chat({ model, messages: [{ role: 'user', content }] });

    const preview = Preview.parse(await product.call('support.preview', null));
    assert.doesNotMatch(preview.text, /CANARY/);
    assert.doesNotMatch(preview.text, /example\.com/);
    const report = z
      .object({
        about: z.object({ product: z.string() }),
        tokens: z.array(z.object({})),
        exchanges: z.array(z.object({ attempts: z.array(z.unknown()) })),
        log: z.array(z.unknown()),
      })
      .parse(JSON.parse(preview.text));
    assert.match(report.about.product, /^Traygate /);
    assert.ok(report.exchanges.length >= 3 && report.tokens.length >= 3 && report.log.length > 0);
    assert.ok(!preview.text.includes(product.dataDir), 'no path of this computer');

    // Only what was read can be saved, byte by byte.
    const saved = z.object({ path: z.string() }).parse(await product.call('support.save', { id: preview.id }));
    assert.equal(readFileSync(saved.path, 'utf8'), preview.text);
    assert.equal(statSync(saved.path).mode & 0o777, 0o600);
    assert.equal(await product.refusal('support.save', { id: 'another' }), 'gone');
    assert.doesNotMatch(await metricsOf(product), /CANARY/);
    assert.doesNotMatch(JSON.stringify(await product.rows()), /CANARY/);
    await product.stop({ keep: true });

    assert.doesNotMatch(product.output, /CANARY/);
    const found = files(product.dataDir);
    assert.ok(found.some((file) => file.endsWith('traygate.log')));
    for (const file of found) {
      // Headers of a service of one's own are settings, which a backup holds too; nothing else of all this is.
      const settings = path.basename(file).startsWith('settings') || file.includes(`${path.sep}backups${path.sep}`);
      const text = readFileSync(file, 'latin1').replaceAll(settings ? canary('header') : '\0', '');
      assert.ok(!text.includes('CANARY'), path.basename(file));
    }
  } finally {
    await product.stop();
  }
});
