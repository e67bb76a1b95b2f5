/** What every answer must look like, strictly: an unknown member fails. */
import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Reply } from './http.ts';

const ErrorReply = z.strictObject({
  error: z.strictObject({
    message: z.string().min(10),
    type: z.enum([
      'invalid_request_error',
      'authentication_error',
      'permission_error',
      'not_found_error',
      'rate_limit_error',
      'api_error',
    ]),
    param: z.string().nullable(),
    code: z.string().min(1),
  }),
});
export type ErrorDetails = z.infer<typeof ErrorReply>['error'];

/** Checks everything errors have in common, and gives the error. */
export function errorOf(reply: Reply, status: number, code: string): ErrorDetails {
  const shown = `${reply.status} ${reply.text.slice(0, 300)}`;
  assert.equal(reply.status, status, shown);
  assert.match(reply.headers['content-type'] ?? '', /^application\/json/, shown);
  assert.match(String(reply.headers['x-request-id']), /^req_\w+$/, shown);
  assert.equal(reply.headers['access-control-allow-origin'], undefined);
  const { error } = ErrorReply.parse(reply.json());
  assert.equal(error.code, code, shown);
  assert.ok(!/<!doctype|<html|<pre|\bat .*:\d+:\d+|node_modules/i.test(reply.text), 'neither HTML nor a stack');
  return error;
}

export const Usage = z.object({ prompt_tokens: z.number(), completion_tokens: z.number(), total_tokens: z.number() });

const ToolCall = z.strictObject({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
});

export const Completion = z.strictObject({
  id: z.string().regex(/^chatcmpl-\w+$/),
  object: z.literal('chat.completion'),
  created: z.number().int(),
  model: z.string(),
  choices: z
    .array(
      z.strictObject({
        index: z.literal(0),
        message: z.strictObject({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.null(),
          reasoning_content: z.string().min(1).optional(),
          tool_calls: z.array(ToolCall).min(1).optional(),
        }),
        logprobs: z.null(),
        finish_reason: z.enum(['stop', 'length', 'tool_calls', 'content_filter']),
      }),
    )
    .length(1),
  usage: Usage,
});

/** The JSON of each `data:` frame of a whole stream that ended with `[DONE]`. */
export function framesOf(reply: Reply): unknown[] {
  assert.equal(reply.status, 200, reply.text.slice(0, 300));
  assert.match(reply.headers['content-type'] ?? '', /^text\/event-stream/);
  assert.equal(reply.headers['content-length'], undefined);
  assert.match(String(reply.headers['x-request-id']), /^req_\w+$/);
  const frames = reply.text.split('\n\n');
  assert.deepEqual(frames.splice(-2), ['data: [DONE]', '']);
  return frames.map((frame) => {
    assert.match(frame, /^data: \{[^\n]*$/);
    return JSON.parse(frame.slice(6)) as unknown;
  });
}
