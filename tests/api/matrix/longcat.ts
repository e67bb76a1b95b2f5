import { startLongCatApiSimulator } from '../../simulators/longcat/api.ts';
import { scripts, startLongCatSimulator } from '../../simulators/longcat/simulator.ts';
import { chatAnswer, chatFailures } from './chat-answers.ts';
import { messagesAnswer, messagesFailures } from './messages-answers.ts';
import { inWords, type Part, type Row, said } from './row.ts';

const web: Row = {
  id: 'longcat',
  model: 'longcat/LongCat',
  tools: 'injected',
  search: { model: 'longcat/LongCat', text: said },
  vision: null,
  handsOn: [],
  async start() {
    const site = await startLongCatSimulator();
    const failures = {
      quota: scripts.refused(1010, '今日对话次数已达上限'),
      rate: scripts.status(429, { code: 429, message: '操作太快，请稍后再试' }, { 'retry-after': '7' }),
      dead: scripts.signedOut(),
      outage: scripts.status(503, { code: 503, message: '系统繁忙' }),
      cut: scripts.cut(3),
    };
    return {
      environment: { LONGCAT_BASE_URL: site.url },
      secret: () => site.users.add().token,
      play: (part: Part) =>
        site.answer(typeof part === 'string' ? failures[part] : scripts.answer({ text: inWords(part) })),
      bodies: () => site.attempts.map(({ body }) => body),
      saw: () => false,
      close: () => site.close(),
    };
  },
};

const official: Row = {
  id: 'longcat-api',
  model: 'longcat-api/LongCat-2.0',
  tools: 'native',
  search: null,
  vision: null,
  handsOn: ['openai-chat', 'anthropic-messages'],
  async start() {
    const site = await startLongCatApiSimulator();
    return {
      environment: { LONGCAT_API_BASE_URL: site.url },
      secret: () => 'ak_good_longcat_key',
      play(part: Part) {
        site.answerChat(typeof part === 'string' ? chatFailures[part] : chatAnswer(part));
        site.answerMessages(typeof part === 'string' ? messagesFailures[part] : messagesAnswer(part));
      },
      bodies: () => site.seen.filter(({ method }) => method === 'POST').map(({ body }) => body),
      saw: () => false,
      close: () => site.close(),
    };
  },
};

export const longcatRows: readonly Row[] = [web, official];
