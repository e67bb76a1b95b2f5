/** A gateway with keys for the official API of Z.AI, in front of the simulator of the vendor's bases. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { GatewayState } from '../../shared/state.ts';
import { Token } from '../../shared/token.ts';
import { messagesScripts, scripts, startZaiApiSimulator } from '../simulators/zai-api/simulator.ts';
import type { Reply } from './http.ts';
import { Product } from './product.ts';

/** Keys the vendor knows: one that pays for what it uses, one of the coding plan. */
export const paid = 'paid-key-of-a-user';
export const plan = 'plan-key-of-a-user';
export const provider = 'zai-api';

export type Desk = Awaited<ReturnType<typeof startDesk>>;

export async function startDesk() {
  const site = await startZaiApiSimulator({ keys: { [paid]: 'pay-as-you-go', [plan]: 'plan' } });
  // Empty is not set: the base is the user's to choose.
  const product = await Product.start({ ZAI_API_BASE: '', ZAI_API_CONCURRENCY: '2' });
  const tokens = async (): Promise<Token[]> => z.array(Token).parse(await product.call('tokens.list', { provider }));
  const gateway = async () => GatewayState.parse(await product.call('state.get', null));
  /** These keys and no others, unchecked. */
  async function keys(...secrets: string[]): Promise<void> {
    const ids = (await tokens()).map(({ id }) => id);
    if (ids.length > 0) await product.call('tokens.remove', { ids });
    for (const text of secrets) await product.call('tokens.add', { provider, text, check: false });
  }
  const ask = (model = 'GLM-4.7', more: object = {}) =>
    product.chat({ model, messages: [{ role: 'user', content: 'Hello' }], ...more });
  return {
    site,
    product,
    tokens,
    keys,
    gateway,
    /** The provider as the window sees it. */
    state: async () => (await gateway()).providers.find(({ id }) => id === provider),
    ask,
    /** What the vendor got last. */
    sent: () => site.seen.at(-1)?.body ?? {},
    row: (reply: Reply) => product.row(String(reply.headers['x-request-id'])),
    /** As at the beginning: one key, at the standard base of the simulator, and nothing remembered of what failed before. */
    async reset(): Promise<void> {
      await product.call('provider.base', { provider, base: site.url });
      Object.assign(site.settings, { models: null, concurrency: 10 });
      site.answer(scripts.answer());
      site.answerMessages(messagesScripts.answer());
      // What the last case has shown of the provider ends with an answer.
      await keys(paid);
      assert.equal((await ask(`${provider}/GLM-4.7`)).status, 200);
      await keys(paid);
      site.seen.length = 0;
    },
    async close(): Promise<void> {
      await product.stop();
      await site.close();
    },
  };
}

export interface Message {
  content: string | null;
  reasoning_content?: string;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
  annotations?: { url_citation: { url: string; title: string } }[];
}
export const bodyOf = (reply: Reply) =>
  reply.json() as {
    choices: { message: Message; finish_reason: string }[];
    usage: { prompt_tokens_details?: { cached_tokens: number } };
    error: { code: string; message: string };
  };
export const messageOf = (reply: Reply): Message => bodyOf(reply).choices[0]?.message ?? assert.fail(reply.text);

/** What is found as soon as it is there. */
export async function untilSome<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 5_000; Date.now() < deadline; await sleep(20)) {
    const found = await find();
    if (found !== undefined) return found;
  }
  assert.fail('it never came to be');
}
export const until = (holds: () => boolean) => untilSome(async () => holds() || undefined);
