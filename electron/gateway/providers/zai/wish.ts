import { ChatError } from '../../chat/errors.ts';
import type { ChatRequest, Sampling, Tool, ToolChoice } from '../../chat/request.ts';
import { imageUrls, signaturePrompt, upstreamMessages, type UpstreamMessage } from './history.ts';
import type { ZaiModel } from './model-table.ts';

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
  readonly toolChoice: unknown;
}

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

function warnings(request: ChatRequest, model: ZaiModel, images: readonly string[]): string[] {
  const { sampling, tools, toolChoice, thinking, responseFormat } = request;
  const lost = dropped.flatMap(([key, name]) => (sampling[key] === undefined ? [] : [name]));
  const forced = tools.length > 0 && (toolChoice.type === 'required' || toolChoice.type === 'tool');
  return [
    ...lost.map((name) => `${name} is ignored: the Z.AI web chat has no such setting.`),
    ...(responseFormat.type === 'text' ? [] : ['response_format is not enforced by the Z.AI web chat.']),
    ...(forced ? ['tool_choice is passed on, but the Z.AI web chat may not honour it.'] : []),
    ...(tools.length > 0 && request.parallelToolCalls === false ? ['parallel_tool_calls is ignored by the Z.AI web chat.'] : []),
    ...(thinking?.effort && thinking.effort !== 'none' && !model.graded ? [`${model.name} thinks or does not; the effort is ignored.`] : []),
    ...(images.length > 0 && !model.canSee ? [`${model.name} may not see images.`] : []),
    ...(images.some((url) => !url.startsWith('data:')) ? ['An image given by its address is passed on as it is; Z.AI may not fetch it.'] : []),
  ]; // prettier-ignore
}

/** What the client asks for, as far as the site can do it; the rest is named in a warning. */
export function wishOf(
  request: ChatRequest,
  model: ZaiModel,
  name: string,
  guest: boolean,
  warn: (text: string) => void,
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
  for (const text of warnings(request, model, images)) warn(text);
  const { thinking, sampling, toolChoice } = request;
  const effort = thinking?.effort;
  const thinks = thinking?.enabled ?? (effort === undefined ? model.thinking : effort !== 'none');
  const offered = toolChoice.type !== 'none' && request.tools.length > 0;
  return {
    model,
    name,
    messages,
    images: uploads,
    prompt: signaturePrompt(request.messages),
    thinking: thinks,
    search: request.search ?? model.search,
    effort: thinks && effort && model.graded ? (effort === 'max' ? 'max' : 'high') : undefined,
    params: {
      ...(sampling.temperature !== undefined && { temperature: sampling.temperature }),
      ...(sampling.maxTokens !== undefined && { max_tokens: sampling.maxTokens }),
    },
    tools: offered ? request.tools.map(toolOf) : [],
    toolChoice: offered ? choiceOf(toolChoice) : undefined,
  };
}
