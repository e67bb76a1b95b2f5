/**
 * The body of `POST /v1/chat/completions` as real clients send it: unknown fields are ignored, explicit nulls mean "not said".
 * Every message completes the sentence "<parameter> …" and never repeats what the client sent, because that may be prompt text.
 */
import { z } from 'zod';
import { flag, must, number, object, text, tokens, typed } from '../shared/fields.ts';

const imageUrl = z.string(must('a string')).regex(/^(?:data:|https?:\/\/)/i, 'must be a data: URL or an http(s) URL');
const image = z.union(
  [imageUrl, z.object({ url: imageUrl, detail: text.nullish() })],
  must('a URL or an object with a url'),
);

export const PartBody = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal(['text', 'input_text', 'output_text']), text }),
    z.object({ type: z.literal(['image_url', 'input_image']), image_url: image }),
    z.object({ type: z.literal('refusal'), refusal: text }),
    z.object({ type: z.literal('thinking'), thinking: text, signature: text.nullish() }),
    z.object({ type: z.literal('reasoning'), text }),
  ],
  typed('an object with a type', 'text, image_url; audio, video and files are not supported'),
);
export type PartBody = z.infer<typeof PartBody>;

const FunctionCall = z.object(
  { name: text, arguments: z.union([z.string(), object], must('a string or an object')).nullish() },
  must('an object with name and arguments'),
);
export type FunctionCall = z.infer<typeof FunctionCall>;

const ToolCall = z.object(
  {
    id: text.nullish(),
    function: FunctionCall.nullish(),
    custom: z.object({ name: text, input: text }, must('an object with name and input')).nullish(),
  },
  must('an object with id and function'),
);
export type ToolCall = z.infer<typeof ToolCall>;

export const MessageBody = z.object(
  {
    role: z.enum(
      ['system', 'developer', 'user', 'assistant', 'tool', 'function'],
      must('one of system, developer, user, assistant, tool'),
    ),
    content: z.union([z.string(), z.array(PartBody)], must('a string, null or an array of parts')).nullish(),
    name: text.nullish(),
    tool_call_id: text.nullish(),
    tool_calls: z.array(ToolCall, must('an array of tool calls')).nullish(),
    function_call: FunctionCall.nullish(),
    refusal: text.nullish(),
    reasoning_content: text.nullish(),
    // Spellings of other gateways; a shape that is not understood is no reason to refuse the request.
    reasoning: z.string().optional().catch(undefined),
    thinking: z.object({ content: z.string(), signature: z.string().nullish() }).optional().catch(undefined),
    thinking_blocks: z
      .array(z.object({ thinking: z.string(), signature: z.string().nullish() }))
      .optional()
      .catch(undefined),
    reasoning_details: z
      .array(z.object({ text: z.string().nullish(), summary: z.string().nullish() }))
      .optional()
      .catch(undefined),
  },
  must('an object with role and content'),
);
export type MessageBody = z.infer<typeof MessageBody>;

const functionFields = {
  name: text.min(1, 'must not be empty'),
  description: text.nullish(),
  parameters: object.nullish(),
  strict: flag.nullish(),
};
export const FunctionBody = z.object(functionFields, must('an object with a name'));
export type FunctionBody = z.infer<typeof FunctionBody>;

export const ToolBody = z.object(
  {
    ...z.object(functionFields).partial().shape,
    type: text.nullish(),
    function: FunctionBody.nullish(),
    web_search: z.unknown().optional(),
  },
  must('an object with type and function'),
);
export type ToolBody = z.infer<typeof ToolBody>;

const choiceWords = z.enum(['auto', 'none', 'required', 'any']);
const Named = z.object({ name: text }, must('an object with a name'));
const ToolChoiceBody = z.union(
  [
    choiceWords,
    z.object({ type: choiceWords }),
    z.object({ type: z.literal('function'), function: Named }),
    z.object({ type: z.literal('function'), name: text }),
    z.object({
      type: z.literal('allowed_tools'),
      allowed_tools: z.object({
        mode: choiceWords,
        tools: z.array(z.object({ function: Named.nullish(), name: text.nullish() })),
      }),
    }),
  ],
  must('auto, none, required or {"type":"function","function":{"name":…}}'),
);
export type ToolChoiceBody = z.infer<typeof ToolChoiceBody>;

const ResponseFormatBody = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('json_object') }),
    z.object({
      type: z.literal('json_schema'),
      json_schema: z.object(
        { name: text.nullish(), schema: object.nullish(), strict: flag.nullish() },
        must('an object with name and schema'),
      ),
    }),
  ],
  typed('an object with a type', 'text, json_object, json_schema'),
);
export type ResponseFormatBody = z.infer<typeof ResponseFormatBody>;

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max', 'auto', 'default'] as const;
const effort = z.enum(efforts, must(`one of ${efforts.join(', ')}`)).nullish();
export type EffortWord = (typeof efforts)[number];

/** Groq's words for where reasoning goes, and llama.cpp's. */
export const reasoningFormats = ['parsed', 'raw', 'hidden', 'auto', 'none', 'deepseek', 'deepseek-legacy'] as const;

/** How clients ask for thinking and search; Cherry Studio and copied Python snippets put the same into `extra_body`. */
const wishes = {
  reasoning_effort: effort,
  reasoning: z
    .union(
      [z.boolean(), z.object({ effort, enabled: flag.nullish(), exclude: flag.nullish() })],
      must('an object with effort, enabled or exclude'),
    )
    .nullish(),
  /** OpenRouter's older form of `reasoning.exclude`, and vLLM's. */
  include_reasoning: flag.nullish(),
  reasoning_format: z.enum(reasoningFormats, must(`one of ${reasoningFormats.join(', ')}`)).nullish(),
  /** SGLang. */
  separate_reasoning: flag.nullish(),
  thinking: z
    .union(
      [
        z.boolean(),
        z.object({
          type: z.enum(['enabled', 'disabled', 'adaptive', 'auto'], must('one of enabled, disabled, adaptive, auto')),
          /** Z.AI: whether the thinking of earlier answers is forgotten. */
          clear_thinking: flag.nullish(),
        }),
      ],
      must('an object whose type is enabled or disabled'),
    )
    .nullish(),
  enable_thinking: flag.nullish(),
  chat_template_kwargs: z.object({ enable_thinking: flag.nullish() }, must('an object')).nullish(),
  web_search: z.union([z.boolean(), z.object({ enable: flag.nullish() })], must('true or false')).nullish(),
  web_search_options: object.nullish(),
};
const WishesBody = z.object(wishes, must('an object'));
export type WishesBody = z.infer<typeof WishesBody>;

export const Body = z.object({
  ...wishes,
  extra_body: WishesBody.nullish(),
  model: text.min(1, 'must not be empty'),
  messages: z.array(MessageBody, must('an array of messages')).min(1, 'must hold at least one message'),
  stream: flag.nullish(),
  stream_options: z.object({ include_usage: flag.nullish() }, must('an object')).nullish(),
  tools: z.array(ToolBody, must('an array of tools')).nullish(),
  tool_choice: ToolChoiceBody.nullish(),
  functions: z.array(FunctionBody, must('an array of functions')).nullish(),
  function_call: z.union([z.enum(['auto', 'none']), Named], must('auto, none or an object with a name')).nullish(),
  parallel_tool_calls: flag.nullish(),
  response_format: ResponseFormatBody.nullish(),
  temperature: number(0, 2),
  top_p: number(0, 1),
  presence_penalty: number(-2, 2),
  frequency_penalty: number(-2, 2),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  stop: z.union([z.string(), z.array(z.string())], must('a string or an array of strings')).nullish(),
  seed: z.number(must('a whole number')).multipleOf(1, must('a whole number')).nullish(),
  n: z.literal(1, { error: 'must be 1: one answer per request is offered' }).nullish(),
  user: text.nullish(),
  safety_identifier: text.nullish(),
});
export type Body = z.infer<typeof Body>;
