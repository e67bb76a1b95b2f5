/**
 * The body of `POST /v1/responses` as Codex and the SDKs send it: unknown fields are ignored, explicit nulls mean "not said".
 * Input items and tools are parsed one by one where they are decoded. No message repeats what the client sent.
 */
import { z } from 'zod';
import { flag, must, number, object, text, tokens, typed } from '../shared/fields.ts';

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max', 'ultra', 'auto', 'default'] as const;
export type EffortWord = (typeof efforts)[number];

const FormatBody = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('json_object') }),
    z.object({ type: z.literal('json_schema'), name: text.nullish(), schema: object, strict: flag.nullish() }),
  ],
  typed('an object with a type', 'text, json_object, json_schema'),
);
export type FormatBody = z.infer<typeof FormatBody>;

const choiceWords = z.enum(['auto', 'none', 'required', 'any']);
const NamedChoice = z.object({
  type: z.literal(['function', 'custom']),
  name: text,
  namespace: text.nullish(),
});
const ToolChoiceBody = z.union(
  [
    choiceWords,
    z.object({ type: choiceWords }),
    NamedChoice,
    // As Chat Completions has it.
    z.object({ type: z.literal('function'), function: z.object({ name: text }) }),
    z.object({
      type: z.literal('allowed_tools'),
      mode: choiceWords,
      tools: z.array(z.object({ name: text.nullish() })),
    }),
    // A tool of the vendor, such as web_search_preview.
    z.object({ type: z.string().regex(/^(?!function$|custom$|allowed_tools$)/) }),
  ],
  must('auto, none, required or {"type":"function","name":…}'),
);
export type ToolChoiceBody = z.infer<typeof ToolChoiceBody>;

export const Body = z.object({
  model: text.min(1, 'must not be empty'),
  input: z.union([z.string(), z.array(z.unknown())], must('a string or an array of items')),
  instructions: text.nullish(),
  stream: flag.nullish(),
  tools: z.array(z.unknown(), must('an array of tools')).nullish(),
  tool_choice: ToolChoiceBody.nullish(),
  parallel_tool_calls: flag.nullish(),
  text: z.object({ format: FormatBody.nullish() }, must('an object with a format')).nullish(),
  reasoning: z
    .object(
      { effort: z.enum(efforts, must(`one of ${efforts.join(', ')}`)).nullish(), summary: z.unknown().optional() },
      must('an object with effort and summary'),
    )
    .nullish(),
  max_output_tokens: tokens,
  temperature: number(0, 2),
  top_p: number(0, 1),
  stop: z.union([z.string(), z.array(z.string())], must('a string or an array of strings')).nullish(),
  metadata: object.nullish(),
  user: text.nullish(),
  safety_identifier: text.nullish(),
  prompt_cache_key: text.nullish(),
});
export type Body = z.infer<typeof Body>;
