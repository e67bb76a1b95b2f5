import { scripts as apiScripts, startOpenAiSimulator } from '../openai-upstream/simulator.ts';
import type { Simulated } from '../sample.ts';
import { scripts, startK2ThinkSimulator } from './simulator.ts';

/** Nobody has a token: guests are asked for a captcha, which Traygate never solves. */
export const k2think: Simulated = {
  provider: 'k2think',
  async start(port) {
    const site = await startK2ThinkSimulator({ port });
    site.answer(scripts.captcha());
    const { email, password } = site.users.add({ email: 'ada@example.com', script: scripts.slow(40) });
    return {
      url: site.url,
      section: { baseUrl: site.url, guestMode: true },
      notes: ['guests are asked for a captcha', `an account that works, to paste as a token: ${email}:${password}`],
      close: () => site.close(),
    };
  },
};

const key = 'sample-key-of-k2-think-0000000001';

export const k2thinkApi: Simulated = {
  provider: 'k2think-api',
  async start(port) {
    const models = [{ id: 'MBZUAI-IFM/K2-Think-v2', object: 'model' }];
    const api = await startOpenAiSimulator({ keys: [key], models }, port);
    api.answer(
      apiScripts.answer({ text: 'The user wrote something.\n</think>\n\nThis is the official API of K2 Think.' }),
    );
    return {
      url: api.url,
      section: { baseUrl: `${api.url}/v1`, keys: [key] },
      notes: [`good key: ${key}`],
      close: () => api.close(),
    };
  },
};
