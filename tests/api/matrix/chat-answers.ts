import * as chat from '../../simulators/openai-upstream/scripts.ts';
import type { Part } from './row.ts';
import { thought } from './row.ts';

/** Whether a body asks for thinking, in any of the forms in which it is asked for. */
const thinks = ({ thinking, ...body }: Readonly<Record<string, unknown>>): boolean =>
  body['reasoning_effort'] !== undefined ||
  body['enable_thinking'] === true ||
  JSON.stringify(thinking ?? '').includes('enabled');

/** An answer in the words of Chat Completions, thinking where it was asked for. */
export function chatAnswer({ text, call }: Exclude<Part, string>): chat.Script {
  return (turn) => {
    const calls = call && [{ id: 'call_1', name: call.name, arguments: JSON.stringify(call.arguments) }];
    return chat.answer({ text, ...(calls && { calls }), ...(thinks(turn.body) && { reasoning: thought }) })(turn);
  };
}

/** What such services say when something is wrong. */
export const chatFailures: Readonly<Record<Extract<Part, string>, chat.Script>> = {
  quota: chat.refused(429, 'insufficient_quota', 'You exceeded your current quota.'),
  rate: chat.status(429, { error: { message: 'Slow down.', code: 'rate_limit_exceeded' } }, { 'retry-after': '7' }),
  dead: chat.refused(401, 'invalid_api_key', 'Incorrect API key provided.'),
  outage: chat.refused(503, null, 'The engine is down.', 'server_error'),
  cut: chat.cut(3),
};
