import type { Simulated } from '../sample.ts';
import { scripts, startOpenAiSimulator } from './simulator.ts';

const key = 'sk-sample';
const { refused, status } = scripts;

/** Each model fails in the way of its name. */
const troubles: Readonly<Record<string, scripts.Script>> = {
  'dead-key': refused(401, 'invalid_api_key', 'Incorrect API key provided: sk-sample.'),
  'empty-account': refused(429, 'insufficient_quota', 'You exceeded your current quota, please check your plan.'),
  'too-fast': status(429, { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } }, { 'retry-after': '9' }),
  captcha: status(403, '<!doctype html><title>Just a moment...</title>'),
  renamed: refused(404, 'model_not_found', 'The model `renamed` does not exist.'),
  'wrong-place': refused(403, 'unsupported_country_region_territory', 'Country, region, or territory not supported'),
  'too-long': refused(400, 'context_length_exceeded', 'This model’s maximum context length is 8 tokens.'),
  overloaded: refused(503, null, 'The engine is overloaded.', 'server_error'),
  'cut-off': scripts.cut(3),
  'never-ends': scripts.fin(3),
  'no-answer': scripts.hang(),
}; // prettier-ignore

export const openai: Simulated = {
  provider: 'acme',
  async start(port) {
    const site = await startOpenAiSimulator({ keys: [key] }, port);
    site.answer(scripts.answer({ every: 40, reasoning: 'The user wrote something. I repeat it.' }));
    return {
      url: site.url,
      section: { kind: 'openai-compatible', name: 'Acme', baseUrl: `${site.url}/v1`, keys: [key] },
      notes: [`good key: ${key}`],
      close: () => site.close(),
    };
  },
};

/** Asks for no key, so that no failure puts one to rest. */
export const trouble: Simulated = {
  provider: 'trouble',
  async start(port) {
    const names = Object.keys(troubles);
    const site = await startOpenAiSimulator({ keys: null, models: names.map((id) => ({ id, object: 'model' })) }, port);
    site.answer((turn) => (troubles[turn.model] ?? scripts.answer())(turn));
    const baseUrl = `${site.url}/v1`;
    return {
      url: site.url,
      section: { kind: 'openai-compatible', name: 'Trouble', baseUrl, keyless: true, prefix: 'trouble/' },
      notes: [`asks for no key; its models fail as they are named: ${names.join(', ')}`],
      close: () => site.close(),
    };
  },
};
