import { withInstructions } from '../reshape.ts';
import {
  type ChatRequest,
  lastUserText,
  type Message,
  type Part,
  type TextPart,
  textOf,
  type ToolCallPart,
} from '../request.ts';
import { callBlock, noToolPrompt, resultBlock, resultPrompt, toolPrompt } from './format.ts';

const isCall = (part: Part): part is ToolCallPart => part.type === 'tool-call';
const text = (words: string): TextPart => ({ type: 'text', text: words });

export const earlierCalls = (messages: readonly Message[]): ToolCallPart[] =>
  messages.flatMap(({ content }) => content.filter(isCall));

/** A nonce that occurs nowhere in what it has to fence in. */
function unused(nonce: () => string, messages: readonly Message[]): string {
  const fenced = messages.flatMap(({ content }) =>
    content.flatMap((part) => (part.type === 'tool-result' ? [textOf(part.content)] : [])),
  );
  let drawn = nonce();
  while (fenced.some((output) => output.includes(drawn))) drawn += nonce();
  return drawn;
}

/** Calls behind the words of an answer, results where the client put them, each result's images behind its block. */
function rewritten(message: Message, names: ReadonlyMap<string, string>, nonce: string): Message {
  const calls = message.content.filter(isCall);
  const content = message.content.flatMap((part): Part[] => {
    if (part.type === 'tool-call') return [];
    if (part.type !== 'tool-result') return [part];
    const name = names.get(part.id) ?? part.name ?? message.name;
    return [text(resultBlock(part, name, nonce)), ...part.content.filter(({ type }) => type === 'image')];
  });
  const block = calls.length > 0 ? [text(callBlock(calls))] : [];
  return { ...message, role: message.role === 'tool' ? 'user' : message.role, content: [...content, ...block] };
}

/** Results of parallel calls are one turn of the conversation. */
function joined(messages: readonly Message[], source: readonly Message[]): Message[] {
  const list: Message[] = [];
  for (const [place, message] of messages.entries()) {
    const last = list.at(-1);
    if (last && source[place]?.role === 'tool' && source[place - 1]?.role === 'tool') {
      list[list.length - 1] = { ...last, content: [...last.content, ...message.content] };
    } else list.push(message);
  }
  return list;
}

/**
 * The same request without tools in its fields: definitions once in the system message, earlier calls and results in the
 * text. `nonce` gives random text, new for every request, so that no tool output can close the block it stands in.
 * A request that never had to do with tools is returned as it is.
 */
export function injectTools(request: ChatRequest, nonce: () => string): ChatRequest {
  const { messages, tools, toolChoice } = request;
  const offered = toolChoice.type === 'none' ? [] : tools;
  const calls = earlierCalls(messages);
  const results = messages.some(({ content }) => content.some(({ type }) => type === 'tool-result'));
  const injected = { tools: offered.map(({ name }) => name), userText: lastUserText(messages) };
  const bare: ChatRequest = { ...request, tools: [], toolChoice: { type: 'auto' }, injected };
  if (offered.length === 0 && calls.length === 0 && !results) return tools.length === 0 ? request : bare;
  const drawn = unused(nonce, messages);
  const names = new Map(calls.map(({ id, name }) => [id, name]));
  const shown = toolChoice.type === 'tool' ? offered.filter(({ name }) => name === toolChoice.name) : offered;
  const prompt = [
    offered.length > 0 ? toolPrompt(shown, toolChoice, request.parallelToolCalls !== false) : noToolPrompt,
    ...(results ? [resultPrompt(drawn)] : []),
  ];
  const history = joined(
    messages.map((message) => rewritten(message, names, drawn)),
    messages,
  );
  const { parallelToolCalls: _, ...rest } = bare;
  return { ...rest, messages: withInstructions(history, prompt.join('\n\n')) };
}
