import { z } from 'zod';
import type { Output } from '../../../shared/contract.ts';
import type { GatewayState } from '../../../shared/state.ts';
import { fetchOwn, NotOurs } from '../network/own.ts';
import { Refusal } from './dispatch.ts';

const Reply = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
});
const Problem = z.object({ error: z.object({ message: z.string() }) });

const askOwn: typeof fetchOwn = (url, init) =>
  fetchOwn(url, init).catch((error: unknown) => {
    throw error instanceof NotOurs ? new Refusal(error.message) : error;
  });

/** Asks the own address for its models with the default key, as a client would. */
export async function checkKey(state: GatewayState, key: string | null): Promise<Output<'test.key'>> {
  if (state.status !== 'running') throw new Refusal('Traygate is not running.', 'not_running');
  const { ok, body } = await askOwn(`${state.baseUrl}/v1/models`, {
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(10_000),
  });
  await body?.cancel();
  return { ok };
}

/** One real request to the gateway's own address with its own key, so that it takes the way every client's takes. */
export async function sendTest(
  state: GatewayState,
  key: string | null,
  model: string,
  prompt: string,
): Promise<Output<'test.send'>> {
  if (state.status !== 'running') throw new Refusal('Traygate is not running.', 'not_running');
  const response = await askOwn(`${state.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-client-source': 'Traygate test',
      ...(key !== null && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: prompt }] }),
    signal: AbortSignal.timeout(120_000),
  });
  const exchangeId = response.headers.get('x-request-id') ?? '';
  const body: unknown = await response.json();
  const reply = Reply.safeParse(body);
  if (response.ok && reply.success)
    return { exchangeId, ok: true, text: reply.data.choices[0]?.message.content ?? '', message: null };
  const problem = Problem.safeParse(body);
  return {
    exchangeId,
    ok: false,
    text: '',
    message: problem.success ? problem.data.error.message : `HTTP ${response.status}`,
  };
}
