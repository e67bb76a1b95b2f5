import * as messages from '../../simulators/anthropic-upstream/scripts.ts';
import type { Part } from './row.ts';
import { thought } from './row.ts';

/** An answer in the words of the Messages API, thinking where it was asked for. */
export function messagesAnswer({ text, call }: Exclude<Part, string>): messages.Script {
  return (turn) => {
    const thinking = { type: 'thinking', thinking: thought, signature: messages.signature };
    const use = call && { type: 'tool_use', id: 'toolu_1', name: call.name, input: call.arguments };
    const content = [...(turn.thinking ? [thinking] : []), { type: 'text', text }, ...(use ? [use] : [])];
    return messages.answer({ content })(turn);
  };
}

/** What the API says when something is wrong. */
export const messagesFailures: Readonly<Record<Extract<Part, string>, messages.Script>> = {
  quota: messages.refused(400, 'invalid_request_error', 'Your credit balance is too low to access the API.'),
  rate: messages.refused(429, 'rate_limit_error', 'Too many requests.', { 'retry-after': '7' }),
  dead: messages.refused(401, 'authentication_error', 'invalid x-api-key'),
  outage: messages.refused(503, 'api_error', 'Service unavailable'),
  cut: messages.cut(3),
};
