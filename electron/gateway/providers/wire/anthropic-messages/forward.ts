import { isOwnSignature } from '../../../chat/own-signature.ts';
import { withoutDestinations } from '../shared/forward.ts';
import { isRecord, type Json } from '../shared/json.ts';
import type { Target } from './traits.ts';

/**
 * The client's own body with the service's name of the model; unknown fields and blocks stay. Thinking that Traygate itself
 * has signed, in an answer of another provider, is left out: the service would refuse the whole request for it.
 */
export function forwardBody(original: Json, stream: boolean, target: Target): Json {
  const body = withoutDestinations(original, target);
  const { messages } = body;
  const kept = Array.isArray(messages) ? messagesWithoutOwn(messages) : undefined;
  if (kept) target.warn({ code: 'thinking_unsigned', provider: target.model.provider });
  return { ...body, ...(kept && { messages: kept }), model: target.model.upstreamId, stream };
}

/** Undefined when there was nothing to leave out. */
function messagesWithoutOwn(messages: readonly unknown[]): unknown[] | undefined {
  let changed = false;
  const kept = messages.flatMap((message) => {
    const content = isRecord(message) ? message['content'] : undefined;
    if (!isRecord(message) || !Array.isArray(content) || !content.some(isOwn)) return [message];
    changed = true;
    const rest: readonly unknown[] = content.filter((block) => !isOwn(block));
    // An answer that was nothing but thinking has nothing left to say.
    return rest.length === 0 ? [] : [{ ...message, content: rest }];
  });
  return changed ? kept : undefined;
}

const isOwn = (block: unknown): boolean =>
  isRecord(block) &&
  block['type'] === 'thinking' &&
  typeof block['signature'] === 'string' &&
  isOwnSignature(block['signature']);
