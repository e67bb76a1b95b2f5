import { scripts, startK2ThinkSimulator } from '../../simulators/k2think/simulator.ts';
import { scripts as api, startOpenAiSimulator } from '../../simulators/openai-upstream/simulator.ts';
import { chatFailures } from './chat-answers.ts';
import { inWords, type Part, type Row, thought } from './row.ts';

const model = 'MBZUAI-IFM/K2-Think-v2';
const common = { tools: 'injected', search: null, vision: null, handsOn: [] } as const;

const web: Row = {
  ...common,
  id: 'k2think',
  model: `k2think/${model}`,
  async start() {
    const site = await startK2ThinkSimulator();
    const failures = {
      quota: scripts.status(402, { detail: 'Your credits are used up.' }),
      rate: scripts.limited(7),
      dead: scripts.status(401, { detail: 'Not authenticated' }),
      outage: scripts.status(503, { detail: 'maintenance' }),
      cut: scripts.cut(3),
    };
    return {
      environment: { K2THINK_BASE_URL: site.url },
      secret: () => site.users.add().token,
      play: (part: Part) =>
        site.answer(
          typeof part === 'string' ? failures[part] : scripts.answer({ text: inWords(part), reasoning: thought }),
        ),
      bodies: () => site.seen.attempts.map(({ body }) => body),
      saw: () => false,
      close: () => site.close(),
    };
  },
};

const official: Row = {
  ...common,
  id: 'k2think-api',
  model: `k2think-api/${model}`,
  async start() {
    const site = await startOpenAiSimulator({ models: null, keys: ['sk-good-key-of-k2-think'] });
    return {
      environment: { K2THINK_API_BASE_URL: `${site.url}/v1` },
      secret: () => 'sk-good-key-of-k2-think',
      play: (part: Part) =>
        site.answer(
          typeof part === 'string'
            ? chatFailures[part]
            : api.answer({ text: `${thought}\n</think>\n\n${inWords(part)}` }),
        ),
      bodies: () => site.seen.filter(({ path }) => path.endsWith('/completions')).map(({ body }) => body),
      saw: () => false,
      close: () => site.close(),
    };
  },
};

export const k2thinkRows: readonly Row[] = [web, official];
