import type { ChatRequest, Message, Part, ToolChoice } from '../../../chat/request.ts';

/**
 * The fixtures hold requests in OpenAI form. A provider must not know a dialect, so its tests have this small reader of
 * their own; it knows only what the fixtures use.
 */
export interface OpenAiMessage {
  readonly role: Message['role'];
  readonly content?: string | null | readonly { type: string; text?: string; image_url?: { url: string } }[];
  readonly name?: string;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly { id: string; function: { name: string; arguments: string | object } }[];
}

export interface OpenAiRequest {
  readonly model: string;
  readonly messages: readonly OpenAiMessage[];
  readonly temperature?: number;
  readonly max_tokens?: number;
  readonly enable_thinking?: boolean;
  readonly tools?: readonly { function: { name: string; description?: string; parameters: Record<string, unknown> } }[];
  readonly tool_choice?: string | { function: { name: string } };
}

/** As the original's language writes JSON: a blank after comma and colon. */
const spaced = (value: object) => JSON.stringify(value).replaceAll(/([,:])(?=["[{\d])/g, '$1 ');

function contentParts(content: OpenAiMessage['content']): Part[] {
  if (content === null || content === undefined) return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.map((part): Part => {
    return part.image_url ? { type: 'image', url: part.image_url.url } : { type: 'text', text: part.text ?? '' };
  });
}

export function messageFrom(source: OpenAiMessage): Message {
  const content = contentParts(source.content);
  const named = source.name === undefined ? {} : { name: source.name };
  if (source.role === 'tool') {
    const texts = content.filter((part) => part.type === 'text');
    return {
      role: 'tool',
      content: [{ type: 'tool-result', id: source.tool_call_id ?? '', content: texts, isError: false }],
      ...named,
    };
  }
  const calls = (source.tool_calls ?? []).map(({ id, function: { name, arguments: given } }): Part => {
    return { type: 'tool-call', id, name, arguments: typeof given === 'string' ? given : spaced(given) };
  });
  return { role: source.role, content: [...content, ...calls], ...named };
}

function choiceFrom(choice: OpenAiRequest['tool_choice']): ToolChoice {
  if (choice === 'none' || choice === 'required') return { type: choice };
  return typeof choice === 'object' ? { type: 'tool', name: choice.function.name } : { type: 'auto' };
}

export function requestFrom(source: OpenAiRequest): ChatRequest {
  return {
    model: source.model,
    messages: source.messages.map(messageFrom),
    tools: (source.tools ?? []).map((tool) => tool.function),
    toolChoice: choiceFrom(source.tool_choice),
    sampling: {
      ...(source.temperature !== undefined && { temperature: source.temperature }),
      ...(source.max_tokens !== undefined && { maxTokens: source.max_tokens }),
    },
    ...(source.enable_thinking !== undefined && { thinking: { enabled: source.enable_thinking } }),
    responseFormat: { type: 'text' },
  };
}
