/**
 * The body of `POST /v1/messages` as Claude Code and the SDKs send it: fields and blocks that are not known here are let through,
 * because each release of Claude Code brings some. Messages complete the sentence "<parameter> …" and never repeat what was sent.
 */
import { z } from 'zod';
import { flag, isObject, must, number, object, text, tokens } from '../shared/fields.ts';

/** A block whose kind is known is checked; of any other kind nothing is expected but its type. */
const Loose = z.looseObject({ type: text }, must('an object with a type'));
const kinds = {
  text: z.object({ type: z.literal('text'), text }),
  image: z.object({
    type: z.literal('image'),
    source: z.union(
      [
        z.object({ type: z.literal('base64'), media_type: text, data: text }),
        z.object({ type: z.literal('url'), url: text.regex(/^(?:data:|https?:\/\/)/i, 'must be an http(s) URL') }),
      ],
      must('a base64 or url source'),
    ),
  }),
  document: z.object({
    type: z.literal('document'),
    title: text.nullish(),
    context: text.nullish(),
    source: z.looseObject({ type: text }, must('an object with a type')),
  }),
  search_result: z.object({
    type: z.literal('search_result'),
    title: text.nullish(),
    source: text.nullish(),
    content: z.array(Loose, must('an array of text blocks')),
  }),
  /** The summary that stands for what was said before. */
  compaction: z.object({ type: z.literal('compaction'), content: text.nullish() }),
  thinking: z.object({ type: z.literal('thinking'), thinking: text, signature: text.nullish() }),
  tool_use: z.object({ type: z.literal('tool_use'), id: text, name: text, input: z.unknown() }),
  tool_result: z.object({
    type: z.literal('tool_result'),
    tool_use_id: text,
    content: z.union([z.string(), z.array(Loose)], must('a string or an array of blocks')).nullish(),
    is_error: flag.nullish(),
  }),
};
type Kinds = { [K in keyof typeof kinds]: z.infer<(typeof kinds)[K]> };
export type BlockBody = Kinds[keyof Kinds] | { readonly type: 'unknown'; readonly written: string };

const isKnown = (type: unknown): type is keyof Kinds => typeof type === 'string' && Object.hasOwn(kinds, type);

/** One block, checked only when it is looked at. Throws ZodError with a path inside the block. */
export function blockBody(block: unknown): BlockBody {
  return isObject(block) && isKnown(block['type'])
    ? kinds[block['type']].parse(block, { error: () => 'is not valid' })
    : { type: 'unknown', written: isObject(block) ? String(block['type']) : typeof block };
}

const Content = z.union([z.string(), z.array(Loose)], must('a string or an array of blocks'));

export const MessageBody = z.object(
  {
    // `system` among the messages: Claude Code 2.1 sends one as the last of them.
    role: z.enum(['user', 'assistant', 'system', 'developer'], must('one of user, assistant, system')),
    content: Content.nullish(),
  },
  must('an object with role and content'),
);
export type MessageBody = z.infer<typeof MessageBody>;

export const ToolBody = z.object(
  {
    type: text.nullish(),
    name: text.nullish(),
    description: text.nullish(),
    input_schema: object.nullish(),
    strict: flag.nullish(),
  },
  must('an object with name and input_schema'),
);
export type ToolBody = z.infer<typeof ToolBody>;

const ToolChoiceBody = z.object(
  {
    type: z.enum(['auto', 'any', 'tool', 'none'], must('one of auto, any, tool, none')),
    name: text.nullish(),
    disable_parallel_tool_use: flag.nullish(),
  },
  must('an object with a type'),
);

export const efforts = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
const FormatBody = z.object(
  { type: z.literal('json_schema', must('json_schema')), schema: object },
  must('an object with type and schema'),
);

const fields = {
  model: text.min(1, 'must not be empty'),
  messages: z.array(MessageBody, must('an array of messages')),
  system: Content.nullish(),
  tools: z.array(ToolBody, must('an array of tools')).nullish(),
  tool_choice: ToolChoiceBody.nullish(),
  thinking: z
    .object(
      { type: text, budget_tokens: z.number(must('a number')).nullish(), display: text.nullish() },
      must('an object with a type'),
    )
    .nullish(),
  output_config: z
    .object(
      { effort: z.enum(efforts, must(`one of ${efforts.join(', ')}`)).nullish(), format: FormatBody.nullish() },
      must('an object'),
    )
    .nullish(),
  /** The older place of `output_config.format`. */
  output_format: FormatBody.nullish(),
  stop_sequences: z.array(text, must('an array of strings')).nullish(),
  temperature: number(0, 2),
  top_p: number(0, 1),
  metadata: z.looseObject({ user_id: text.nullish() }, must('an object')).nullish(),
  stream: flag.nullish(),
};

export const CountBody = z.object(fields);
export const Body = z.object({
  ...fields,
  messages: fields.messages.min(1, 'must hold at least one message'),
  max_tokens: tokens.unwrap().unwrap(),
});
export type Body = z.infer<typeof CountBody> & { readonly max_tokens?: number | null | undefined };
