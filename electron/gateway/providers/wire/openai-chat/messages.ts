import { readWhole } from '../../../chat/json/read.ts';
import { writeJson } from '../../../chat/json/node.ts';
import { ChatError } from '../../../chat/errors.ts';
import {
  textOf,
  type ImagePart,
  type Message,
  type Part,
  type ToolCallPart,
  type ToolResultPart,
} from '../../../chat/request.ts';
import type { Target } from './traits.ts';

type Body = Readonly<Record<string, unknown>>;

const isImage = (part: Part): part is ImagePart => part.type === 'image';
const isCall = (part: Part): part is ToolCallPart => part.type === 'tool-call';
const isResult = (part: Part): part is ToolResultPart => part.type === 'tool-result';

const imageBody = ({ url, detail }: ImagePart): Body => ({
  type: 'image_url',
  image_url: { url, ...(detail !== undefined && { detail }) },
});

/** A string wherever there is only text: every service takes that, and not every one a list. */
function contentOf(parts: readonly Part[]): string | readonly Body[] {
  if (!parts.some(isImage)) return textOf(parts);
  return parts.flatMap((part) => {
    if (part.type === 'text') return part.text === '' ? [] : [{ type: 'text', text: part.text }];
    return isImage(part) ? [imageBody(part)] : [];
  });
}

/**
 * Arguments as a service can parse them: what a client kept of a broken or empty call would make it refuse the whole
 * conversation. What cannot be read even with patience stays as it is.
 */
function argumentsOf({ arguments: text }: ToolCallPart): string {
  if (text.trim() === '') return '{}';
  try {
    JSON.parse(text);
    return text;
  } catch {
    const read = readWhole(text)?.node;
    return read?.kind === 'object' ? writeJson(read) : text;
  }
}

function assistant({ content, name }: Message, target: Target): Body {
  const { reasoningBack, content: form } = target.traits;
  const text = textOf(content);
  const calls = content.filter(isCall).map((call) => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: argumentsOf(call) },
  }));
  const reasoning = content.flatMap((part) => (part.type === 'reasoning' && part.text ? [part.text] : [])).join('\n');
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 && form === 'parts' ? null : text,
    ...named(name, target),
    ...(reasoning !== '' && reasoningBack !== 'none' && { [reasoningBack]: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

const named = (name: string | undefined, { traits }: Target): Body =>
  name === undefined || traits.refuses.includes('name') ? {} : { name };

/** The API has no mark for a result that is an error, so its text says so. */
function resultText({ content, isError }: ToolResultPart): string {
  const text = textOf(content);
  return isError && !/^\s*\W*error/i.test(text) ? `Error: ${text}` : text;
}

const results = (parts: readonly ToolResultPart[]): Body[] =>
  parts.map((part) => ({ role: 'tool', tool_call_id: part.id, content: resultText(part) }));

/** Results hold text only: their images are shown by the user right after the last of them. */
function shown(parts: readonly ToolResultPart[]): Body[] {
  const content = parts.flatMap(({ id, name, content: found }) => {
    const images = found.filter(isImage);
    const label = { type: 'text', text: `Images in the result of ${name ?? 'the tool'} (${id}):` };
    return images.length > 0 ? [label, ...images.map(imageBody)] : [];
  });
  return content.length > 0 ? [{ role: 'user', content }] : [];
}

/** System text as the beginning of the first user message, for services whose template has no use for the role. */
function withoutSystem(messages: readonly Message[]): readonly Message[] {
  const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer';
  const text = messages
    .filter(isSystem)
    .map(({ content }) => textOf(content))
    .filter(Boolean)
    .join('\n\n');
  const rest = messages.filter((message) => !isSystem(message));
  if (text === '') return rest;
  const place = rest.findIndex(({ role }) => role === 'user');
  const asked = rest[place];
  if (!asked) return [{ role: 'user', content: [{ type: 'text', text }] }, ...rest];
  return rest.with(place, { ...asked, content: [{ type: 'text', text: `${text}\n` }, ...asked.content] });
}

/** Throws ChatError `images_not_supported`: an answer about pictures that nobody saw would be a guess. */
function checkImages(messages: readonly Message[], { traits, model }: Target): void {
  const any = messages.some(({ content }) =>
    content.some((part) => isImage(part) || (isResult(part) && part.content.some(isImage))),
  );
  if (!any || (traits.images && traits.content === 'parts')) return;
  throw new ChatError('images_not_supported', `${model.id} takes no images.`, {
    param: 'messages',
    hint: 'Choose a model that can see, or remove the images.',
  });
}

/** The conversation in the roles and forms of Chat Completions. */
export function conversation(messages: readonly Message[], target: Target): readonly Body[] {
  checkImages(messages, target);
  const { traits } = target;
  const bodies: Body[] = [];
  let answered: ToolResultPart[] = [];
  const showResults = (): void => {
    bodies.push(...shown(answered));
    answered = [];
  };
  for (const message of traits.system === 'user' ? withoutSystem(messages) : messages) {
    const found = message.content.filter(isResult);
    bodies.push(...results(found));
    answered.push(...found);
    if (message.role === 'tool') continue;
    const rest = message.content.filter((part) => !isResult(part));
    if (found.length > 0 && rest.length === 0) continue;
    showResults();
    if (message.role === 'assistant') bodies.push(assistant(message, target));
    else {
      const role = message.role === 'developer' ? traits.developer : message.role;
      bodies.push({ role, content: contentOf(rest), ...named(message.name, target) });
    }
  }
  showResults();
  return bodies;
}
