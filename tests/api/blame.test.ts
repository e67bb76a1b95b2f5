/** Who is to blame and what to do: said alike to the client, in Logs and in the window, in both languages. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { Finding } from '../../shared/radar.ts';
import { ProviderState } from '../../shared/state.ts';
import { Token } from '../../shared/token.ts';
import { scripts as longcatScripts, startLongCatSimulator } from '../simulators/longcat/simulator.ts';
import {
  type OpenAiSimulator,
  scripts as openai,
  startOpenAiSimulator,
} from '../simulators/openai-upstream/simulator.ts';
import { scripts as zaiScripts, startZaiSimulator } from '../simulators/zai/simulator.ts';
import { errorTexts, findingTexts } from './i18n.ts';
import { Product } from './product.ts';
import { errorOf } from './shapes.ts';

let product: Product;
let acme: OpenAiSimulator;
let zai: Awaited<ReturnType<typeof startZaiSimulator>>;
let longcat: Awaited<ReturnType<typeof startLongCatSimulator>>;

before(async () => {
  [acme, zai, longcat] = await Promise.all([startOpenAiSimulator({ keys: null }), startZaiSimulator(), startLongCatSimulator()]); // prettier-ignore
  product = await Product.start({ ZAI_BASE_URL: zai.url, LONGCAT_BASE_URL: longcat.url });
});
after(() => Promise.all([product.stop(), acme.close(), zai.close(), longcat.close()]));

interface Case {
  readonly name: string;
  /** Sets the situation up; returns the provider and a model of it. */
  readonly given: () => Promise<{ readonly provider: string; readonly model: string }>;
  readonly client: { readonly status: number; readonly code: string; readonly says: RegExp };
  readonly blame: string;
  /** In the window: what happened and what to do. */
  readonly en: RegExp;
  readonly zh: RegExp;
  readonly radar: { readonly broken: string; readonly en: RegExp; readonly zh: RegExp };
}

let number = 0;
/** A service of the user's own in front of the simulator, with a key that nothing has put to rest yet. */
async function service(path = '/v1'): Promise<{ provider: string; model: string }> {
  const added = await product.call('provider.add', {
    provider: { kind: 'openai-compatible', name: `Acme${++number}`, baseUrl: `${acme.url}${path}`, models: ['gpt-4o'] },
    keys: `sk-of-case-${number}`,
  });
  const { id: provider } = z.object({ id: z.string() }).parse(added);
  await product.call('provider.refreshModels', { provider });
  return { provider, model: `${provider}/gpt-4o` };
}
async function token(provider: string, text: string, model: string): Promise<{ provider: string; model: string }> {
  await product.call('tokens.add', { provider, text, check: false });
  return { provider, model };
}

const cases: readonly Case[] = [
  {
    name: 'wrong base',
    given: () => service('/nowhere'),
    client: { status: 502, code: 'no_such_api', says: /no such API at this address.*Check the base URL/ },
    blame: 'provider',
    en: /no such API at the address of Acme.*Check its base URL/,
    zh: /Acme.*地址处没有这样的 API.*检查其 Base URL/,
    radar: { broken: 'base', en: /base URL of Acme.*Correct the base URL/, zh: /Acme.*Base URL.*请更正 Base URL/ },
  },
  {
    name: 'dead key',
    given: () => (acme.answer(openai.refused(401, 'invalid_api_key', 'Incorrect API key provided.')), service()),
    client: { status: 502, code: 'upstream_auth_failed', says: /does not accept this key.*Replace the token/ },
    blame: 'credential',
    en: /rejected the token.*Replace the token/,
    zh: /令牌.*更换/,
    radar: { broken: 'credential', en: /does not accept the token or key.*Replace it/, zh: /不接受该令牌或密钥.*换成新的/ },
  },
  {
    name: 'empty account',
    given: () => (acme.answer(openai.refused(402, 'insufficient_balance', 'Insufficient Balance')), service()),
    client: { status: 429, code: 'quota_exceeded', says: /quota of this key is used up.*Wait for the reset, or add another/ },
    blame: 'quota',
    en: /allowance.*used up.*add another token/,
    zh: /额度.*用完.*添加/,
    radar: { broken: 'quota', en: /allowance at Acme\d+ is used up.*top up/, zh: /额度已用完.*充值/ },
  },
  {
    name: 'captcha',
    given: () => (zai.answer(zaiScripts.captcha()), token('zai', zai.users.add().token, 'zai/GLM-4.5-Air')),
    client: { status: 403, code: 'captcha_required', says: /Z\.AI asks for a captcha.*official API key/ },
    blame: 'captcha',
    en: /Z\.AI asks for a captcha.*official API key/,
    zh: /Z\.AI.*验证码.*官方 API 密钥/,
    radar: { broken: 'captcha', en: /captcha, which Traygate never solves.*official API key/, zh: /验证码.*官方 API 密钥/ },
  },
  {
    name: 'guard',
    given: () => (longcat.answer(longcatScripts.guarded()), token('longcat', longcat.users.add().token, 'longcat/LongCat')),
    client: { status: 403, code: 'guard_required', says: /guard.*official API key/ },
    blame: 'captcha',
    en: /guard of LongCat.*official API key/,
    zh: /LongCat.*防护.*官方 API 密钥/,
    radar: { broken: 'guard', en: /guard of LongCat.*official API key/, zh: /LongCat.*防护.*官方 API 密钥/ },
  },
  {
    name: 'renamed model',
    given: () => (acme.answer(openai.refused(404, 'model_not_found', 'The model `gpt-4o` does not exist.')), service()),
    client: { status: 404, code: 'model_not_found', says: /does not offer this model.*GET \/v1\/models/ },
    blame: 'request',
    en: /offers this model.*Choose one of the names/,
    zh: /模型.*请选择/,
    radar: { broken: 'model-renamed', en: /no longer knows the model gpt-4o.*(Choose another model|Use )/, zh: /已不认识模型 gpt-4o.*(请选择其他模型|请改用)/ },
  },
]; // prettier-ignore

/** What the window shows at a provider: its own problem, or why its token rests. */
async function shown(provider: string): Promise<string | null | undefined> {
  const state = z.object({ providers: z.array(ProviderState) }).parse(await product.call('state.get', null));
  const problem = state.providers.find(({ id }) => id === provider)?.problem;
  if (problem) return problem.code;
  const [known] = z.array(Token).parse(await product.call('tokens.list', { provider }));
  return known?.reasonCode;
}

const joined = (texts: { title: string; hint?: string; action?: string } | null): string =>
  texts === null ? '' : `${texts.title} ${texts.hint ?? texts.action}`;

for (const { name, given, client, blame, en, zh, radar } of cases) {
  test(`${name}: the client, Logs and the window name it and say what to do`, async () => {
    const { provider, model } = await given();
    const named = z.object({ providers: z.array(ProviderState) }).parse(await product.call('state.get', null));
    const providerName = named.providers.find(({ id }) => id === provider)?.name ?? '';

    const reply = await product.chat({ model, messages: [{ role: 'user', content: 'Hello' }] });
    const error = errorOf(reply, client.status, client.code);
    assert.match(error.message, client.says);

    const row = await product.row(String(reply.headers['x-request-id']));
    assert.deepEqual([row.failure?.code, row.failure?.blame], [client.code, blame]);
    if (blame !== 'request') assert.equal(await shown(provider), client.code, 'on the page of the provider');
    const texts = await errorTexts(client.code, providerName);
    assert.match(joined(texts.en), en);
    assert.match(joined(texts.zh), zh);

    const [finding = assert.fail()] = z.array(Finding).parse(await product.call('radar.run', { provider }));
    assert.equal(finding.broken, radar.broken);
    const found = await findingTexts({ ...finding, provider: providerName });
    assert.match(joined(found.en), radar.en);
    assert.match(joined(found.zh), radar.zh);
  });
}
