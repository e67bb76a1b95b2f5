import type { DialectId } from './exchange.ts';

/** A tool as all three dialects can say it. */
export interface TrialTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type TrialChoice = 'auto' | 'required' | { readonly name: string };

/** An earlier turn in which the model called a tool, and what that answered. */
export interface EarlierCall {
  readonly name: string;
  readonly arguments: string;
  readonly result: string;
}

/** What somebody who tests wants to ask, whatever the dialect. */
export interface TrialWish {
  readonly dialect: DialectId;
  readonly model: string;
  readonly text: string;
  readonly system?: string;
  readonly stream: boolean;
  /** Null: as the model is. */
  readonly thinking?: boolean | null;
  readonly maxTokens?: number | null;
  readonly tools?: readonly TrialTool[];
  readonly choice?: TrialChoice;
  /** A `data:` URL. */
  readonly image?: string | null;
  /** The answer should be a JSON object. */
  readonly json?: boolean;
  readonly earlier?: EarlierCall;
}

type Body = Record<string, unknown>;

/** Messages has no default for it. */
const anthropicTokens = 4_096;
const earlierId = 'call_earlier_1';

/** The body of a request that says so in its dialect. */
export function trialBody(wish: TrialWish): Body {
  if (wish.dialect === 'openai-chat') return chatBody(wish);
  return wish.dialect === 'openai-responses' ? responsesBody(wish) : messagesBody(wish);
}

function chatBody({
  model,
  text,
  system,
  stream,
  thinking,
  maxTokens,
  tools,
  choice,
  image,
  json,
  earlier,
}: TrialWish): Body {
  const content = image ? [{ type: 'text', text }, { type: 'image_url', image_url: { url: image } }] : text; // prettier-ignore
  return {
    model,
    messages: [
      ...(system ? [{ role: 'system', content: system }] : []),
      { role: 'user', content },
      ...(earlier
        ? [
            {
              role: 'assistant',
              content: null,
              tool_calls: [
                { id: earlierId, type: 'function', function: { name: earlier.name, arguments: earlier.arguments } },
              ],
            },
            { role: 'tool', tool_call_id: earlierId, content: earlier.result },
          ]
        : []),
    ],
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
    ...(maxTokens && { max_tokens: maxTokens }),
    ...(typeof thinking === 'boolean' && { thinking: { type: thinking ? 'enabled' : 'disabled' } }),
    ...(tools?.length && { tools: tools.map((tool) => ({ type: 'function', function: tool })) }),
    ...(tools?.length &&
      choice !== undefined &&
      choice !== 'auto' && {
        tool_choice: choice === 'required' ? 'required' : { type: 'function', function: { name: choice.name } },
      }),
    ...(json && { response_format: { type: 'json_object' } }),
  };
}

function responsesBody({
  model,
  text,
  system,
  stream,
  thinking,
  maxTokens,
  tools,
  choice,
  image,
  json,
  earlier,
}: TrialWish): Body {
  const content = image ? [{ type: 'input_text', text }, { type: 'input_image', image_url: image }] : text; // prettier-ignore
  return {
    model,
    ...(system && { instructions: system }),
    input: [
      { role: 'user', content },
      ...(earlier
        ? [
            { type: 'function_call', call_id: earlierId, name: earlier.name, arguments: earlier.arguments },
            { type: 'function_call_output', call_id: earlierId, output: earlier.result },
          ]
        : []),
    ],
    ...(stream && { stream: true }),
    ...(maxTokens && { max_output_tokens: maxTokens }),
    ...(typeof thinking === 'boolean' && { reasoning: { effort: thinking ? 'medium' : 'none' } }),
    ...(tools?.length && { tools: tools.map((tool) => ({ type: 'function', ...tool })) }),
    ...(tools?.length &&
      choice !== undefined &&
      choice !== 'auto' && {
        tool_choice: choice === 'required' ? 'required' : { type: 'function', name: choice.name },
      }),
    ...(json && { text: { format: { type: 'json_object' } } }),
  };
}

function messagesBody({
  model,
  text,
  system,
  stream,
  thinking,
  maxTokens,
  tools,
  choice,
  image,
  earlier,
}: TrialWish): Body {
  const [, type = '', data = ''] = /^data:([^;,]+);base64,(.*)$/s.exec(image ?? '') ?? [];
  const source = { type: 'base64', media_type: type, data };
  const content = image ? [{ type: 'image', source }, { type: 'text', text }] : text; // prettier-ignore
  const input: unknown = earlier ? JSON.parse(earlier.arguments) : {};
  const tokens = maxTokens ?? anthropicTokens;
  return {
    model,
    max_tokens: tokens,
    ...(system && { system }),
    messages: [
      { role: 'user', content },
      ...(earlier
        ? [
            { role: 'assistant', content: [{ type: 'tool_use', id: earlierId, name: earlier.name, input }] },
            { role: 'user', content: [{ type: 'tool_result', tool_use_id: earlierId, content: earlier.result }] },
          ]
        : []),
    ],
    ...(stream && { stream: true }),
    // Messages wants room for the answer beside the thinking, and at least 1024 for that.
    ...(thinking === true && tokens > 1_024 && { thinking: { type: 'enabled', budget_tokens: 1_024 } }),
    ...(thinking === false && { thinking: { type: 'disabled' } }),
    ...(tools?.length && {
      tools: tools.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters })),
    }),
    ...(tools?.length &&
      choice !== undefined &&
      choice !== 'auto' && {
        tool_choice: choice === 'required' ? { type: 'any' } : { type: 'tool', name: choice.name },
      }),
  };
}
