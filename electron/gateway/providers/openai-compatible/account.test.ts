import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { defaultSettings, scripts } from '../../../../tests/simulators/openai-upstream/simulator.ts';
import type { Provider, Verification } from '../provider.ts';
import { goodKey, startBench, type Bench } from './testing/bench.ts';

let bench: Bench;
before(async () => {
  bench = await startBench();
});
after(() => bench.close());
beforeEach(() => {
  Object.assign(bench.site.settings, defaultSettings());
  bench.site.seen.length = 0;
  bench.site.answer(scripts.answer());
  bench.memory.clear();
});

const signal = () => new AbortController().signal;
const names = (provider: Provider) => provider.models().map(({ id }) => id);
const paths = () => bench.site.seen.map(({ path }) => path);

describe('whether a key is accepted', () => {
  const cases: readonly (readonly [string, () => void, Verification['outcome'], RegExp?, string?])[] = [
    ['by a list for key holders', () => {}, 'user'],
    ['by a list for key holders, wrong key', () => {}, 'invalid', /does not accept this key/, 'sk-wrong-key'],
    ['by a call, where the list is open', () => (bench.site.settings.openList = true), 'user'],
    ['by a call, where the list is open, wrong key', () => (bench.site.settings.openList = true), 'invalid', /does not accept this key/, 'sk-wrong-key'],
    ['by a call, where there is no list', () => (bench.site.settings.models = null), 'user'],
    ['by a call, where there is no list, wrong key', () => (bench.site.settings.models = null), 'invalid', /does not accept this key/, 'sk-wrong-key'],
    ['although its quota is used up', () => { bench.site.settings.openList = true; bench.site.answer(scripts.refused(429, 'insufficient_quota', 'none left')); }, 'user', /quota/],
    ['although it is limited now', () => { bench.site.settings.openList = true; bench.site.answer(scripts.status(429, {})); }, 'user'],
    ['although one token is too few', () => { bench.site.settings.openList = true; bench.site.answer(scripts.refused(400, null, 'max_tokens is too small')); }, 'user'],
    ['is unknown at a wrong address', () => (bench.site.settings.prefix = '/other'), 'unreachable', /base URL/],
    ['is unknown while the service fails', () => { bench.site.settings.openList = true; bench.site.answer(scripts.status(500, {})); }, 'unreachable', /failed/],
    ['is unknown behind a page', () => { bench.site.settings.models = null; bench.site.answer(scripts.status(403, '<html>captcha</html>')); }, 'unreachable', /web page/],
    ['is unknown to who cannot be asked with such a key', () => {}, 'invalid', /characters/, 'sk-ключ'],
  ]; // prettier-ignore
  for (const [name, prepare, outcome, reason, key = goodKey] of cases) {
    it(name, async () => {
      prepare();
      const said = await bench.provider({ filter: ['gpt-4o'] }).verify?.(key, signal());
      assert.equal(said?.outcome, outcome, said?.reason);
      if (reason) assert.match(said?.reason ?? '', reason);
      assert.doesNotMatch(said?.reason ?? '', /sk-wrong/);
    });
  }

  it('is unknown when nobody is there', async () => {
    const provider = bench.provider({ baseUrl: 'http://127.0.0.1:1' });
    assert.equal((await provider.verify?.(goodKey, signal()))?.outcome, 'unreachable');
  });

  it('is not asked where none is needed: the service has to answer', async () => {
    bench.site.settings.keys = null;
    const verify = async (changes = {}) =>
      (await bench.provider({ keyless: true, filter: ['gpt-4o'], ...changes }).verify?.('', signal()))?.outcome;
    assert.equal(await verify(), 'user');
    bench.site.settings.models = null;
    assert.equal(await verify(), 'user');
    assert.equal(await verify({ baseUrl: 'http://127.0.0.1:1' }), 'unreachable');
    bench.site.settings.keys = ['sk-other'];
    assert.equal(await verify(), 'invalid');
  });

  it('costs no call where the list tells', async () => {
    await bench.provider().verify?.(goodKey, signal());
    assert.deepEqual(paths(), ['/v1/models', '/v1/models']);
    bench.site.seen.length = 0;
    await bench.provider({ listNeedsKey: true }).verify?.(goodKey, signal());
    assert.deepEqual(paths(), ['/v1/models']);
  });

  it('costs one token where only a call tells', async () => {
    bench.site.settings.openList = true;
    await bench.provider().verify?.(goodKey, signal());
    const { model, max_tokens: limit } = bench.site.seen.at(-1)?.body ?? {};
    assert.deepEqual([model, limit], ['gpt-4o', 1]);
  });

  it('needs a model to ask for where there is no list', async () => {
    bench.site.settings.models = null;
    assert.match((await bench.provider().verify?.(goodKey, signal()))?.reason ?? '', /name one/);
  });
});

describe('the models', () => {
  it('are unknown at first, then those listed to whoever has a key', async () => {
    const provider = bench.provider();
    assert.deepEqual(names(provider), []);
    await provider.refreshModels(signal());
    assert.deepEqual(names(provider), []);
    await provider.verify?.(goodKey, signal());
    assert.deepEqual(names(provider), ['gpt-4o', 'deepseek-r1']);
    bench.site.settings.models = [{ id: 'new' }];
    await provider.refreshModels(signal());
    assert.deepEqual(names(provider), ['new']);
  });

  it('are listed with a token of the pool', async () => {
    const provider = bench.provider();
    await provider.refreshModels(signal(), goodKey);
    assert.deepEqual(names(provider), ['gpt-4o', 'deepseek-r1']);
  });

  it('are listed without a key where that is allowed', async () => {
    bench.site.settings.openList = true;
    const provider = bench.provider();
    await provider.refreshModels(signal());
    assert.deepEqual(names(provider), ['gpt-4o', 'deepseek-r1']);
  });

  it('outlive a restart and an outage, but not another address', async () => {
    await bench.provider().verify?.(goodKey, signal());
    const restarted = bench.provider();
    assert.deepEqual(names(restarted), ['gpt-4o', 'deepseek-r1']);
    for (const models of [null, []]) {
      bench.site.settings.models = models;
      await restarted.refreshModels(signal());
      assert.deepEqual(names(restarted), ['gpt-4o', 'deepseek-r1']);
    }
    assert.deepEqual(names(bench.provider({ baseUrl: 'https://other.example/v1' })), []);
    bench.memory.set('models:acme', '{"nonsense":');
    assert.deepEqual(names(bench.provider()), []);
  });

  it('are those known beforehand while there is nothing better', async () => {
    bench.site.settings.openList = true;
    const one = { upstreamId: 'known', created: 1, capabilities: { thinking: true, tools: true, vision: false, search: false }, contextTokens: 10, maxOutputTokens: 5, test: false }; // prettier-ignore
    const provider = bench.provider({ staticModels: [one] });
    assert.deepEqual(provider.models(), [{ ...one, id: 'known', provider: 'acme' }]);
    await provider.refreshModels(signal());
    assert.deepEqual(names(provider), ['gpt-4o', 'deepseek-r1']);
  });

  it('are filtered and named as the user likes', async () => {
    bench.site.settings.openList = true;
    const provider = bench.provider({ filter: ['GPT-*', 'unlisted-r1'], prefix: 'acme/' });
    assert.deepEqual(names(provider), ['acme/unlisted-r1']);
    await provider.refreshModels(signal());
    assert.deepEqual(names(provider), ['acme/gpt-4o', 'acme/unlisted-r1']);
    assert.deepEqual(provider.models().map(({ upstreamId, provider: id }) => [upstreamId, id]), [['gpt-4o', 'acme'], ['unlisted-r1', 'acme']]); // prettier-ignore
  });

  it('may be described by an adapter', async () => {
    bench.site.settings.openList = true;
    const provider = bench.provider({
      describe: (model) => (model.upstreamId.startsWith('gpt') ? null : { ...model, jsonMode: 'injected' }),
    });
    await provider.refreshModels(signal());
    assert.deepEqual(
      provider.models().map(({ id, jsonMode }) => [id, jsonMode]),
      [['deepseek-r1', 'injected']],
    );
  });
});
