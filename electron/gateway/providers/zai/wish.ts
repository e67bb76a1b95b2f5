import type { Notice } from '../../../../shared/notice.ts';
import { ChatError } from '../../chat/errors.ts';
import type { ChatRequest, Sampling, Tool, ToolChoice } from '../../chat/request.ts';
import { imageUrls, signaturePrompt, upstreamMessages, type UpstreamMessage } from './history.ts';
import type { ZaiModel } from './model-table.ts';
import { siteTools } from './stream/tool-calls.ts';

/** A request in the site's terms, before anything was sent for it. */
export interface Wish {
  readonly model: ZaiModel;
  /** The public name the client asked for. */
  readonly name: string;
  readonly messages: readonly UpstreamMessage[];
  /** `data:` URLs, to be uploaded first. */
  readonly images: readonly string[];
  /** The text that is signed. */
  readonly prompt: string;
  readonly thinking: boolean;
  readonly search: boolean;
  readonly effort: 'high' | 'max' | undefined;
  readonly params: Readonly<Record<string, number>>;
  readonly tools: readonly unknown[];
  /** Names of the client's tools, also where the site is not told of them. */
  readonly callable: readonly string[];
  readonly toolChoice: unknown;
}

const provider = 'zai';

const dropped: readonly (readonly [keyof Sampling, string])[] = [
  ['topP', 'top_p'],
  ['stop', 'stop'],
  ['seed', 'seed'],
  ['presencePenalty', 'presence_penalty'],
  ['frequencyPenalty', 'frequency_penalty'],
];

function toolOf({ name, description, parameters, strict }: Tool): unknown {
  const described = description === undefined ? {} : { description };
  return { type: 'function', function: { name, ...described, parameters, ...(strict !== undefined && { strict }) } };
}

/** `auto` is what the site does unasked, so it is not sent. */
function choiceOf(choice: ToolChoice): unknown {
  if (choice.type === 'tool') return { type: 'function', function: { name: choice.name } };
  return choice.type === 'required' ? 'required' : undefined;
}

function warnings(request: ChatRequest, model: ZaiModel, images: readonly string[]): Notice[] {
  const { sampling, tools, toolChoice, thinking, responseFormat } = request;
  const lost = dropped.flatMap(([key, name]) => (sampling[key] === undefined ? [] : [name]));
  const forced = tools.length > 0 && (toolChoice.type === 'required' || toolChoice.type === 'tool');
  return [
    ...lost.map((field): Notice => ({ code: 'field_ignored_by', field, provider })),
    ...(responseFormat.type === 'text' ? [] : [{ code: 'format_not_enforced', provider } as const]),
    ...(forced ? [{ code: 'tool_choice_not_enforced', provider } as const] : []),
    ...(tools.length > 0 && request.parallelToolCalls === false ? [{ code: 'field_ignored_by', field: 'parallel_tool_calls', provider } as const] : []),
    ...(thinking?.effort && thinking.effort !== 'none' && !model.graded ? [{ code: 'effort_ignored', model: model.name } as const] : []),
    ...(thinking?.preserve !== undefined ? [{ code: 'field_ignored_by', field: 'thinking.clear_thinking', provider } as const] : []),
    ...(images.length > 0 && !model.canSee ? [{ code: 'images_unseen', model: model.name } as const] : []),
    ...(images.some((url) => !url.startsWith('data:')) ? [{ code: 'image_by_address', provider } as const] : []),
  ]; // prettier-ignore
}

/** The site is not told of them, so that a name which is also one of its own can only be that one, while it searches. */
function injectedTools({ injected }: ChatRequest, search: boolean): readonly string[] {
  const names = injected?.tools ?? [];
  return search ? names.filter((name) => !siteTools.has(name)) : names;
}

/** What the client asks for, as far as the site can do it; the rest is named in a notice. */
export function wishOf(
  request: ChatRequest,
  model: ZaiModel,
  name: string,
  guest: boolean,
  warn: (notice: Notice) => void,
): Wish {
  const messages = upstreamMessages(request.messages);
  const images = imageUrls(messages);
  const uploads = images.filter((url) => url.startsWith('data:'));
  if (guest && uploads.length > 0) {
    throw new ChatError('images_not_supported', 'Guests of Z.AI cannot send images.', {
      param: 'messages',
      hint: 'Add the token of a signed-in Z.AI account, or remove the images.',
    });
  }
  for (const notice of warnings(request, model, images)) warn(notice);
  const { thinking, sampling, toolChoice } = request;
  const effort = thinking?.effort;
  const thinks = thinking?.enabled ?? (effort === undefined ? model.thinking : effort !== 'none');
  const search = request.search ?? model.search;
  const offered = toolChoice.type !== 'none' && request.tools.length > 0;
  return {
    model,
    name,
    messages,
    images: uploads,
    prompt: request.injected?.userText ?? signaturePrompt(request.messages),
    thinking: thinks,
    search,
    effort: thinks && effort && model.graded ? (effort === 'max' ? 'max' : 'high') : undefined,
    params: {
      ...(sampling.temperature !== undefined && { temperature: sampling.temperature }),
      ...(sampling.maxTokens !== undefined && { max_tokens: sampling.maxTokens }),
    },
    tools: offered ? request.tools.map(toolOf) : [],
    callable: offered ? request.tools.map(({ name: tool }) => tool) : injectedTools(request, search),
    toolChoice: offered ? choiceOf(toolChoice) : undefined,
  };
}
