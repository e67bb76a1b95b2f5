import { isOwnSignature, ownThinking } from '../../../chat/own-signature.ts';
import { withoutDestinations } from '../shared/forward.ts';
import { isRecord, textIn, type Json } from '../shared/json.ts';
import { lacksThinking } from './messages.ts';
import type { Target } from './traits.ts';

/**
 * The client's own body with the service's name of the model; unknown fields and blocks stay. Thinking that Traygate itself
 * has signed, in an answer of another provider, goes on unsigned where that is taken, and is left out elsewhere: the service
 * would refuse the whole request for it.
 */
export function forwardBody(original: Json, stream: boolean, target: Target): Json {
  const { traits, warn } = target;
  const { provider } = target.model;
  const body = withoutDestinations(original, target);
  const messages = listOf(body['messages']);
  const kept = messages.some((message) => listOf(contentOf(message)).some(isOwn))
    ? unsigned(messages, target)
    : undefined;
  if (kept && !traits.unsignedThinking) warn({ code: 'thinking_unsigned', provider });
  const off = kept !== undefined && traits.thinkingBeforeCalls && thinks(body) && lacksThinking(kept);
  if (off) warn({ code: 'thinking_off_history', provider });
  return {
    ...body,
    ...(kept && { messages: kept }),
    ...(off && { thinking: { type: 'disabled' } }),
    model: target.model.upstreamId,
    stream,
  };
}

function unsigned(messages: readonly unknown[], { traits }: Target): unknown[] {
  return messages.flatMap((message) => {
    const content = listOf(contentOf(message));
    if (!isRecord(message) || !content.some(isOwn)) return [message];
    const rest = content.flatMap((block) => {
      if (!isOwn(block)) return [block];
      const thinking = ownThinking(textIn(block, 'thinking') ?? '', block.signature);
      return traits.unsignedThinking && thinking.trim() !== '' ? [{ type: 'thinking', thinking, signature: '' }] : [];
    });
    // An answer that was nothing but thinking has nothing left to say.
    return rest.length === 0 ? [] : [{ ...message, content: rest }];
  });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
const contentOf = (message: unknown): unknown => (isRecord(message) ? message['content'] : undefined);
const thinks = ({ thinking }: Json): boolean => isRecord(thinking) && thinking['type'] === 'enabled';

const isOwn = (block: unknown): block is Json & { readonly signature: string } =>
  isRecord(block) &&
  block['type'] === 'thinking' &&
  typeof block['signature'] === 'string' &&
  isOwnSignature(block['signature']);
