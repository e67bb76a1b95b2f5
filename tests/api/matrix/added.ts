import { startAnthropicSimulator } from '../../simulators/anthropic-upstream/simulator.ts';
import { startOpenAiSimulator } from '../../simulators/openai-upstream/simulator.ts';
import { chatAnswer, chatFailures } from './chat-answers.ts';
import { messagesAnswer, messagesFailures } from './messages-answers.ts';
import type { Part, Row } from './row.ts';

const openai: Row = {
  id: 'house',
  model: 'house/deepseek-r1',
  tools: 'native',
  search: null,
  vision: 'house/gpt-4o',
  handsOn: ['openai-chat'],
  async start() {
    const site = await startOpenAiSimulator({ keys: ['sk-good-key-of-the-house'] });
    return {
      service: { kind: 'openai-compatible', baseUrl: site.url },
      secret: () => 'sk-good-key-of-the-house',
      play: (part: Part) => site.answer(typeof part === 'string' ? chatFailures[part] : chatAnswer(part)),
      bodies: () => site.seen.filter(({ method }) => method === 'POST').map(({ body }) => body),
      saw: (image) => JSON.stringify(site.seen.at(-1)?.body).includes(image),
      close: () => site.close(),
    };
  },
};

const anthropic: Row = {
  id: 'claude',
  model: 'claude/claude-sonnet-4-5',
  tools: 'native',
  search: null,
  vision: 'claude/claude-sonnet-4-5',
  handsOn: ['anthropic-messages'],
  async start() {
    const site = await startAnthropicSimulator();
    return {
      service: { kind: 'anthropic-compatible', baseUrl: site.url },
      secret: () => 'sk-ant-good',
      play: (part: Part) => site.answer(typeof part === 'string' ? messagesFailures[part] : messagesAnswer(part)),
      bodies: () => site.seen.filter(({ method }) => method === 'POST').map(({ body }) => body),
      saw: (image) => JSON.stringify(site.seen.at(-1)?.body).includes(image),
      close: () => site.close(),
    };
  },
};

export const addedRows: readonly Row[] = [openai, anthropic];
