/**
 * The items of `input`, each kind by itself: the decoder looks at `type` first, so that a kind nobody knows yet is no error and a
 * session of thousands of items is not tried against every schema. A message may lack its `type` (all SDKs allow it).
 */
import { z } from 'zod';
import { must, object, text, typed } from '../shared/fields.ts';

const imageUrl = z.string(must('a string')).regex(/^(?:data:|https?:\/\/)/i, 'must be a data: URL or an http(s) URL');

export const PartBody = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal(['input_text', 'output_text', 'text', 'summary_text', 'reasoning_text']), text }),
    z.object({
      type: z.literal(['input_image', 'image_url']),
      image_url: z.union([imageUrl, z.object({ url: imageUrl })], must('a URL; uploaded files are not supported')),
      detail: text.nullish(),
    }),
    z.object({ type: z.literal('refusal'), refusal: text }),
  ],
  typed(
    'an object with a type',
    'input_text, input_image, output_text, refusal; files and audio are not supported, send their text',
  ),
);
export type PartBody = z.infer<typeof PartBody>;

const content = z.union([z.string(), z.array(PartBody)], must('a string or an array of parts')).nullish();
export type ContentBody = z.infer<typeof content>;
const callId = text.min(1, 'must not be empty: it says which call and which output belong together');

export const MessageItem = z.object({
  role: z.enum(
    ['system', 'developer', 'user', 'assistant'],
    must('one of system, developer, user, assistant; what a tool said is a function_call_output item'),
  ),
  content,
});
export type MessageItem = z.infer<typeof MessageItem>;

export const FunctionCallItem = z.object({
  call_id: callId,
  name: text,
  /** Set by Codex for tools that were offered within a `namespace`. */
  namespace: text.nullish(),
  arguments: z.union([z.string(), object], must('a string')).nullish(),
});

export const CustomCallItem = z.object({ call_id: callId, name: text, namespace: text.nullish(), input: text });

export const CallOutputItem = z.object({ call_id: callId, output: content });
export type CallOutputItem = z.infer<typeof CallOutputItem>;

/** A shape that is not understood is no reason to refuse the request: only this thinking is lost. */
const thoughts = z
  .array(z.object({ text: z.string() }))
  .nullish()
  .catch(undefined);
export const ReasoningItem = z.object({
  summary: thoughts,
  content: thoughts,
  encrypted_content: z.string().nullish().catch(undefined),
});
export type ReasoningItem = z.infer<typeof ReasoningItem>;
