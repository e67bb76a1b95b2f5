import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { defaultSettings, scripts, type Settings } from '../../../../tests/simulators/anthropic-upstream/simulator.ts';
import type { Script } from '../../../../tests/simulators/anthropic-upstream/scripts.ts';
import type { AnthropicCompatibleOptions } from './provider.ts';
import { startBench, type Bench } from './testing/bench.ts';

let bench: Bench;
before(async () => {
  bench = await startBench();
});
after(() => bench.close());
beforeEach(() => {
  Object.assign(bench.site.settings, defaultSettings());
  bench.memory.clear();
  bench.site.seen.length = 0;
  bench.site.answer(scripts.answer());
});

const { signal } = new AbortController();
const paths = () => bench.site.seen.map(({ method, path }) => `${method} ${path}`);

describe('a key is', () => {
  interface Case {
    readonly name: string;
    readonly secret?: string;
    readonly settings?: Partial<Settings>;
    readonly options?: Partial<AnthropicCompatibleOptions>;
    readonly script?: Script;
    readonly outcome: string;
    readonly reason?: RegExp;
    readonly calls: number;
  }
  const noList: Partial<Settings> = { models: null };
  const named: Partial<AnthropicCompatibleOptions> = { filter: ['glm-5'] };
  const cases: readonly Case[] = [
    { name: 'good where the list of models comes', outcome: 'user', calls: 1 },
    { name: 'bad where it does not', secret: 'sk-ant-bad', outcome: 'invalid', reason: /does not accept the key/, calls: 1 },
    { name: 'bad when it cannot stand in a header', secret: 'a b', outcome: 'invalid', reason: /characters/, calls: 0 },
    { name: 'good by a call where there is no list', settings: noList, options: named, outcome: 'user', calls: 2 },
    { name: 'bad by a call', secret: 'x', settings: { openList: true }, options: { openList: true }, outcome: 'invalid', calls: 2 },
    { name: 'good by a call though the list is open', settings: { openList: true }, options: { openList: true }, outcome: 'user', calls: 2 },
    {
      name: 'good with an empty account, and that is said',
      settings: noList,
      options: named,
      script: scripts.refused(400, 'invalid_request_error', 'Your credit balance is too low to access the API.'),
      outcome: 'user',
      reason: /credit balance is too low/,
      calls: 2,
    },
    {
      name: 'good when only the model is not allowed',
      settings: noList,
      options: named,
      script: scripts.refused(404, 'not_found_error', 'model: glm-5'),
      outcome: 'user',
      calls: 2,
    },
    {
      name: 'not known when the base is wrong',
      settings: { ...noList, prefix: '/elsewhere' },
      options: named,
      outcome: 'unreachable',
      reason: /the right address/,
      calls: 2,
    },
    { name: 'not known when there is nothing to ask', settings: noList, outcome: 'unreachable', reason: /lists no models/, calls: 1 },
    {
      name: 'not known when a page stands in the way',
      settings: noList,
      options: named,
      script: scripts.status(503, '<html>'),
      outcome: 'unreachable',
      reason: /web page/,
      calls: 2,
    },
    {
      name: 'not known when nobody answers',
      options: { baseUrl: 'http://127.0.0.1:9' },
      outcome: 'unreachable',
      reason: /cannot be reached/,
      calls: 0,
    },
  ]; // prettier-ignore
  for (const { name, secret = 'sk-ant-good', settings, options, script, outcome, reason, calls } of cases) {
    it(name, async () => {
      Object.assign(bench.site.settings, settings);
      if (script) bench.site.answer(script);
      const verified = await bench.provider(options).verify?.(secret, signal);
      assert.equal(verified?.outcome, outcome);
      if (reason) assert.match(verified?.reason ?? '', reason);
      else if (outcome === 'user') assert.equal(verified?.reason, undefined);
      assert.equal(bench.site.seen.length, calls);
      assert.doesNotMatch(JSON.stringify(verified), /sk-ant/);
      if (calls === 2) assert.equal(bench.site.seen[1]?.body['max_tokens'], 1);
    });
  }
});

describe('models', () => {
  const ids = (provider = bench.provider()) => provider.models().map(({ id }) => id);

  it('are listed page by page with what is said of them', async () => {
    bench.site.settings.pageSize = 1;
    const provider = bench.provider();
    await provider.verify?.('sk-ant-good', signal);
    assert.deepEqual(provider.models()[0], {
      id: 'claude-sonnet-4-5',
      provider: 'acme',
      upstreamId: 'claude-sonnet-4-5',
      created: Date.UTC(2025, 8, 29) / 1000,
      capabilities: { thinking: true, tools: true, vision: true, search: false },
      toolMode: 'native',
      jsonMode: 'injected',
      contextTokens: null,
      maxOutputTokens: 64_000,
      test: false,
    });
    assert.deepEqual(ids(provider), ['claude-sonnet-4-5', 'glm-5']);
  });

  it('outlive a restart, and an outage of the service', async () => {
    const provider = bench.provider();
    await provider.verify?.('sk-ant-good', signal);
    assert.deepEqual(ids(), ['claude-sonnet-4-5', 'glm-5']);
    bench.site.settings.models = null;
    await provider.refreshModels(signal);
    assert.deepEqual(ids(provider), ['claude-sonnet-4-5', 'glm-5']);
  });

  it('are those known beforehand while nothing is listed', async () => {
    const provider = bench.provider({ staticModels: [{ id: 'glm-5.3', maxOutputTokens: 131_072 }] });
    await provider.refreshModels(signal);
    assert.deepEqual(
      provider.models().map(({ id, maxOutputTokens }) => [id, maxOutputTokens]),
      [['glm-5.3', 131_072]],
    );
  });

  it('are refreshed with a key that was accepted', async () => {
    const provider = bench.provider();
    await provider.refreshModels(signal);
    assert.deepEqual(ids(provider), []);
    await bench.ask({}, provider);
    await provider.refreshModels(signal);
    assert.deepEqual(ids(provider), ['claude-sonnet-4-5', 'glm-5']);
  });

  it('are filtered, and named with a prefix that the service never sees', async () => {
    const provider = bench.provider({ filter: ['GLM*', 'unlisted-1'], prefix: 'a/' });
    await provider.verify?.('sk-ant-good', signal);
    assert.deepEqual(ids(provider), ['a/glm-5', 'a/unlisted-1']);
    const [model] = provider.models();
    await bench.ask({ ...(model && { model }) }, provider);
    assert.equal(bench.site.seen.at(-1)?.body['model'], 'glm-5');
  });

  it('say what they take: a model without thinking or images is not asked for them', async () => {
    const supported = (value: boolean) => ({ supported: value });
    const capabilities = { image_input: supported(false), thinking: { supported: false } };
    bench.site.settings.models = [{ id: 'plain-1', type: 'model', capabilities }];
    const provider = bench.provider();
    await provider.verify?.('sk-ant-good', signal);
    const [model] = provider.models();
    assert.deepEqual(model?.capabilities, { thinking: false, tools: true, vision: false, search: false });
    const result = await bench.ask({ ...(model && { model }), request: { thinking: { enabled: true } } }, provider);
    assert.deepEqual(result.notices, ['thinking_not_offered']);
    assert.equal('thinking' in (bench.site.seen.at(-1)?.body ?? {}), false);
  });
});

describe('a base URL', () => {
  for (const end of ['', '/', '/v1', '/v1/', '/v1/messages', '/messages', '/v1/models', '?a=1'])
    it(`may end with "${end}"`, async () => {
      bench.site.settings.prefix = '/api/anthropic';
      const provider = bench.provider({ baseUrl: ` ${bench.site.url}/api/anthropic${end} ` });
      assert.equal((await bench.ask({}, provider)).text, 'You said: Hello');
      assert.deepEqual(paths(), ['POST /api/anthropic/v1/messages']);
    });

  it('that leads nowhere is refused before a key is sent', async () => {
    for (const baseUrl of [
      'http://169.254.169.254',
      'http://example.com',
      'file:///etc',
      'https://u:p@example.com',
      '',
    ])
      assert.equal(
        (await bench.ask({}, bench.provider({ baseUrl }))).error?.hint,
        'Change the base URL in Traygate › Providers.',
      );
  });
});
