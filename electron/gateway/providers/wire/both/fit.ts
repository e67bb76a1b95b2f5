import { ChatError } from '../../../chat/errors.ts';
import type { Target } from '../anthropic-messages/traits.ts';
import { isRecord, type Json } from '../shared/json.ts';
import { adjusted, ignored } from '../shared/target.ts';

/**
 * The body of a Messages client as a service with models of its own takes it. Such clients write for Claude: what the
 * service would refuse is left out or brought into its range, with a notice. Throws ChatError `images_not_supported`.
 */
export function fitted(original: Json, refuses: readonly string[], target: Target): Json {
  const { traits, model } = target;
  if (!traits.images && hasImage(original['messages'])) {
    throw new ChatError('images_not_supported', `${model.id} takes no images.`, {
      param: 'messages',
      hint: 'Choose a model that can see, or remove the images.',
    });
  }
  const found = refuses.filter((field) => field in original);
  for (const field of found) ignored(target, field);
  const body: Record<string, unknown> = { ...original };
  for (const field of found) delete body[field];
  const limit = body['max_tokens'];
  if (model.maxOutputTokens !== null && typeof limit === 'number' && limit > model.maxOutputTokens) {
    adjusted(target, 'max_tokens');
    body['max_tokens'] = model.maxOutputTokens;
  }
  const thinking = thinkingFor(body['thinking'], target);
  if (thinking !== undefined) body['thinking'] = thinking;
  else delete body['thinking'];
  return body;
}

/** What is asked for, in the form the model has; undefined where it has none. */
function thinkingFor(asked: unknown, target: Target): unknown {
  const { traits, model, warn } = target;
  const type = isRecord(asked) ? asked['type'] : undefined;
  if (type === 'disabled') {
    if (traits.thinking !== 'none' && !traits.thinkingOff) warn({ code: 'thinking_always_on', model: model.id });
    return traits.thinking !== 'none' && traits.thinkingOff ? asked : undefined;
  }
  if (traits.thinking === 'none') {
    if (type !== undefined) warn({ code: 'thinking_not_offered', model: model.id });
    return undefined;
  }
  if (type !== 'adaptive' || traits.thinking !== 'switch') return asked;
  adjusted(target, 'thinking');
  return { type: 'enabled' };
}

/** Whether there is an image in any message, or in the result of a tool. */
function hasImage(messages: unknown): boolean {
  if (!Array.isArray(messages)) return false;
  return messages.some(
    (entry: unknown) => isRecord(entry) && (entry['type'] === 'image' || hasImage(entry['content'])),
  );
}
