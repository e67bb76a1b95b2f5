/** The radar of the running product: every provider against its simulator, and each way in which one breaks. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { breakages, Finding, RadarState } from '../../shared/radar.ts';
import { Totals } from '../../shared/state.ts';
import { Token } from '../../shared/token.ts';
import { closeAll, configFor, type Running, startAll } from '../simulators/all.ts';
import {
  type OpenAiSimulator,
  scripts as openai,
  startOpenAiSimulator,
} from '../simulators/openai-upstream/simulator.ts';
import { nowhere } from '../nowhere.ts';
import { scripts, startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';
import { findingTexts } from './i18n.ts';
import { Product } from './product.ts';

/** A variable that is empty is not set: the file says where every provider is. */
const fromFile = Object.fromEntries(Object.keys(nowhere).map((name) => [name, '']));

const runIn = async (product: Product, provider: string | null): Promise<Finding[]> =>
  z.array(Finding).parse(await product.call('radar.run', { provider }));
const brief = (findings: readonly Finding[]) =>
  Object.fromEntries(findings.map(({ provider, kind, broken }) => [`${provider} ${kind}`, broken]));

describe('all providers at once', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-radar-'));
  let simulators: readonly Running[];
  let product: Product;
  before(async () => {
    simulators = await startAll();
    const file = path.join(folder, 'traygate.json');
    writeFileSync(file, configFor(simulators));
    product = await Product.start({ ...fromFile, TRAYGATE_CONFIG: file, ANONYMOUS_MODE: 'true' });
  });
  after(async () => {
    await product.stop();
    await closeAll(simulators);
    rmSync(folder, { recursive: true });
  });

  test('each kind of credential of each provider has a finding; what one token cannot, another does', async () => {
    const found = await runIn(product, null);
    assert.deepEqual(brief(found), {
      'zai token': null,
      'zai guest': null,
      'zai-api key': null,
      'k2think guest': 'captcha',
      'k2think-api key': null,
      'longcat token': null,
      'longcat-api key': null,
      'acme key': null,
      'claude key': null,
      'trouble none': 'credential',
    });
    for (const finding of found) assert.equal(finding.firstTokenMs === null, finding.broken !== null);
    assert.deepEqual(RadarState.parse(await product.call('radar.get', null)).findings.length, found.length);
  });

  test('its requests are marked in Logs and are no traffic of the user’s', async () => {
    const rows = await product.rows();
    assert.ok(rows.length >= 10);
    assert.deepEqual([...new Set(rows.map(({ purpose }) => purpose))], ['radar']);
    const totals = Totals.parse(await product.call('totals.get', null));
    assert.deepEqual([totals.requests, totals.failed, totals.outputTokens, totals.medianFirstTokenMs], [0, 0, 0, null]);
    const tokens = z.array(Token).parse(await product.call('tokens.list', { provider: 'longcat' }));
    assert.deepEqual(tokens.map(({ ok, failed }) => [ok, failed]), [[0, 0], [0, 0]]); // prettier-ignore
    const reply = await product.chat({ model: 'claude-sonnet-4-5', messages: [{ role: 'user', content: 'Hello' }] });
    assert.equal((await product.row(String(reply.headers['x-request-id']))).purpose, null);
  });
});

describe('each way in which a provider breaks', () => {
  let zai: ZaiSimulator;
  let acme: OpenAiSimulator;
  let product: Product;
  before(async () => {
    [zai, acme] = await Promise.all([startZaiSimulator(), startOpenAiSimulator({ keys: null })]);
    product = await Product.start({ ZAI_BASE_URL: zai.url });
    await product.call('tokens.add', { provider: 'zai', text: zai.users.add().token, check: false });
    await product.call('provider.add', {
      provider: { kind: 'openai-compatible', name: 'Acme', baseUrl: `${acme.url}/v1`, keyless: true },
      keys: null,
    });
  });
  after(() => Promise.all([product.stop(), zai.close(), acme.close()]));

  const site: [string, () => void][] = [
    ['client-version', () => (zai.settings.outdated = '426')],
    ['signature', () => zai.answer(scripts.status(400, { detail: 'Invalid signature' }))],
    ['captcha', () => zai.answer(scripts.captcha())],
    ['waf', () => zai.answer(scripts.status(405, '<!doctype html><title>405</title>'))],
    ['model-renamed', () => zai.answer(scripts.status(404, { detail: 'Model not found' }))],
    ['model-refused', () => zai.answer(scripts.status(403, { detail: 'Your user level is too low.' }))],
    ['region', () => zai.answer(scripts.status(403, { detail: 'Not available in your region' }))],
    ['outage', () => zai.answer(scripts.status(500, { detail: 'Internal Server Error' }))],
    ['cut', () => zai.answer(scripts.fin(0))],
  ];
  for (const [broken, given] of site)
    test(`Z.AI: ${broken}`, async () => {
      zai.answer(scripts.answer());
      Object.assign(zai.settings, { outdated: 'off', minimumVersion: '1.0.100' });
      given();
      if (broken === 'client-version') zai.settings.minimumVersion = '9.9.9';
      await told('zai', broken);
    });

  const service: [string, openai.Script][] = [
    ['quota', openai.refused(402, 'insufficient_balance', 'Insufficient Balance')],
    ['rate', openai.refused(429, 'rate_limit_exceeded', 'Slow down')],
    ['region', openai.refused(403, 'unsupported_country_region_territory', 'Country not supported')],
    ['credential', openai.refused(401, 'invalid_api_key', 'Incorrect API key')],
    ['model-renamed', openai.refused(404, 'model_not_found', 'The model does not exist')],
    ['request', openai.refused(400, null, 'Unknown field')],
    ['format', openai.status(200, { hello: 1 })],
    ['waf', openai.status(403, '<!doctype html><title>Just a moment...</title>')],
    ['network', openai.reset()],
  ];
  for (const [broken, script] of service)
    test(`a service: ${broken}`, async () => {
      acme.answer(script);
      await told('acme', broken);
    });

  /** Runs it and reads its texts as the window does. */
  async function told(provider: string, broken: string): Promise<void> {
    const [finding = assert.fail()] = await runIn(product, provider);
    assert.equal(finding.broken, broken, `${finding.code}: ${finding.message}`);
    const { en, zh } = await findingTexts(finding);
    assert.ok(en && zh);
    const name = provider === 'zai' ? 'Z.AI' : 'acme';
    if (!['traygate', 'model-refused', 'plan', 'proxy'].includes(broken))
      for (const text of [en, zh]) assert.ok(text.title.includes(name), text.title);
    assert.match(zh.title + zh.action, /\p{Script=Han}/u);
    assert.doesNotMatch(`${en.title}${en.action}${zh.title}${zh.action}`, /\{\{|radar\./);
  }

  test('a model that is gone is named, and the name that is near in the new list', async () => {
    acme.answer(openai.answer());
    const [first] = await runIn(product, 'acme');
    assert.equal(first?.model, 'gpt-4o');
    acme.answer(openai.refused(404, 'model_not_found', 'The model `gpt-4o` does not exist'));
    acme.settings.models = [{ id: 'gpt-4o-2026', object: 'model' }, { id: 'other', object: 'model' }]; // prettier-ignore
    const [finding = assert.fail()] = await runIn(product, 'acme');
    assert.deepEqual([finding.broken, finding.model, finding.near], ['model-renamed', 'gpt-4o', 'gpt-4o-2026']);
    const { en, zh } = await findingTexts(finding);
    assert.match(en?.title ?? '', /gpt-4o/);
    assert.deepEqual([en?.action, zh?.action], ['Use gpt-4o-2026 instead.', '请改用 gpt-4o-2026。']);
  });

  test('it can be set to run by itself, and nothing outside of a week is taken', async () => {
    const every = async () => RadarState.parse(await product.call('radar.get', null)).everyHours;
    assert.equal(await every(), 0);
    await product.call('radar.schedule', { everyHours: 6 });
    assert.equal(await every(), 6);
    for (const everyHours of [-1, 1.5, 169]) await assert.rejects(product.call('radar.schedule', { everyHours }));
    await product.call('radar.schedule', { everyHours: 0 });
  });

  test('a gateway that stops does not wait for it', async () => {
    acme.answer(openai.hang());
    const run = runIn(product, 'acme').catch(() => []);
    for (let tries = 0; !acme.seen.some(({ outcome }) => outcome === 'open'); tries++) {
      assert.ok(tries < 500, 'it has asked');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await product.stop();
    await run;
    assert.equal(product.exitCode, 0);
    assert.equal(acme.seen.at(-1)?.outcome, 'aborted');
  });
});

test('every way has a title and the one thing to do, in both languages', async () => {
  const blank = {
    provider: 'zai', kind: 'token', at: 0, firstTokenMs: null, model: 'GLM-5', near: null, credential: null, until: null,
    code: null, message: null, exchangeId: null,
  } as const; // prettier-ignore
  for (const broken of breakages) {
    const { en, zh } = await findingTexts({ ...blank, broken });
    for (const text of [en, zh]) assert.ok(text && text.title !== '' && text.action !== '' && !/\{\{/.test(text.title));
    assert.match(zh?.title ?? '', /\p{Script=Han}/u, broken);
    assert.match(zh?.action ?? '', /\p{Script=Han}/u, broken);
  }
});
