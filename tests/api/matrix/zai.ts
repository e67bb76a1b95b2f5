import * as messages from '../../simulators/anthropic-upstream/scripts.ts';
import { scripts as api, startZaiApiSimulator } from '../../simulators/zai-api/simulator.ts';
import { scripts, startZaiSimulator } from '../../simulators/zai/simulator.ts';
import { messagesAnswer, messagesFailures } from './messages-answers.ts';
import { inWords, type Part, type Row, said } from './row.ts';

const spent = 'Usage limit reached for 5 hour. Your limit will reset at 2026-01-01 15:30';

const web: Row = {
  id: 'zai',
  model: 'zai/GLM-4.7',
  tools: 'injected',
  search: { model: 'zai/GLM-4.7', text: `${said} Found it[1](https://example.com/source).` },
  vision: 'zai/GLM-4.6V',
  handsOn: [],
  async start() {
    const site = await startZaiSimulator();
    const failures = {
      quota: scripts.status(429, { code: 1308, message: spent }),
      rate: scripts.status(429, { code: 429, message: 'Too Many Requests' }, { 'retry-after': '7' }),
      dead: scripts.status(401, { detail: 'Not authenticated' }),
      outage: scripts.status(503, { detail: 'maintenance' }),
      cut: scripts.cut(3),
    };
    return {
      environment: { ZAI_BASE_URL: site.url },
      secret: () => site.users.add().token,
      play: (part: Part) =>
        site.answer(typeof part === 'string' ? failures[part] : scripts.answer({ text: inWords(part) })),
      bodies: () => site.seen.attempts.map(({ body }) => body),
      saw(image) {
        const [upload] = site.seen.to('/api/v1/files/').slice(-1);
        const bytes = upload?.body;
        return bytes instanceof Uint8Array && Buffer.from(bytes).includes(Buffer.from(image, 'base64'));
      },
      close: () => site.close(),
    };
  },
};

const official: Row = {
  id: 'zai-api',
  model: 'zai-api/GLM-4.7',
  tools: 'native',
  search: { model: 'zai-api/GLM-4.7-Search', unasked: true, text: said },
  vision: 'zai-api/GLM-4.6V',
  handsOn: ['anthropic-messages'],
  async start() {
    const site = await startZaiApiSimulator();
    const failures = {
      quota: api.refused(429, 1308, spent),
      rate: api.status(
        429,
        { error: { code: '1303', message: 'High frequency usage of this API' } },
        { 'retry-after': '7' },
      ),
      dead: api.refused(401, 1002, 'Authorization Token is invalid.'),
      outage: api.status(503, { error: { code: '500', message: 'Internal error' } }),
      cut: api.cut(3),
    };
    const inAnthropicForm = {
      ...messagesFailures,
      quota: messages.refused(429, 'rate_limit_error', `[1308][${spent}]`),
    };
    return {
      environment: { ZAI_API_BASE: site.url },
      secret: () => 'paid-key',
      play(part: Part) {
        if (typeof part === 'string') {
          site.answer(failures[part]);
          site.answerMessages(inAnthropicForm[part]);
          return;
        }
        const calls = part.call && [
          { id: 'call_1', name: part.call.name, arguments: JSON.stringify(part.call.arguments) },
        ];
        site.answer(api.answer({ text: part.text, ...(calls && { calls }) }));
        site.answerMessages(messagesAnswer(part));
      },
      bodies: () => site.seen.map(({ body }) => body),
      saw: (image) => JSON.stringify(site.seen.at(-1)?.body).includes(image),
      close: () => site.close(),
    };
  },
};

export const zaiRows: readonly Row[] = [web, official];
