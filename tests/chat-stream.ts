/**
 * A reader of Chat Completions chunks that knows nothing of ours: it follows OpenAI's description of the stream and is strict about
 * everything a real client stumbles over. It gives the message a client would put together.
 */
import assert from 'node:assert/strict';
import { z } from 'zod';

const count = z.number().int().nonnegative().optional();
const Usage = z.strictObject({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: z.strictObject({ cached_tokens: count }).optional(),
  completion_tokens_details: z.strictObject({ reasoning_tokens: count }).optional(),
});
const Annotation = z.strictObject({
  type: z.literal('url_citation'),
  url_citation: z.strictObject({
    url: z.string(),
    title: z.string().min(1),
    start_index: z.number().int().nonnegative(),
    end_index: z.number().int().nonnegative(),
  }),
});
const Fragment = z.strictObject({
  index: z.number().int().nonnegative(),
  id: z.string().min(1).optional(),
  type: z.literal('function').optional(),
  function: z.strictObject({ name: z.string().optional(), arguments: z.string() }),
});
type Fragment = z.infer<typeof Fragment>;
const Delta = z.strictObject({
  role: z.literal('assistant').optional(),
  content: z.string().nullish(),
  reasoning_content: z.string().min(1).optional(),
  tool_calls: z.array(Fragment).length(1).optional(),
  annotations: z.array(Annotation).min(1).optional(),
});
type Delta = z.infer<typeof Delta>;
const Choice = z.strictObject({
  index: z.literal(0),
  delta: Delta,
  finish_reason: z.enum(['stop', 'length', 'tool_calls', 'content_filter']).nullable(),
});
const Chunk = z.strictObject({
  id: z.string().regex(/^chatcmpl-\w+$/),
  object: z.literal('chat.completion.chunk'),
  created: z.number().int(),
  model: z.string().min(1),
  choices: z.array(Choice).max(1),
  usage: Usage.optional(),
});
type Chunk = z.infer<typeof Chunk>;
const Failure = z.strictObject({
  error: z.strictObject({
    message: z.string().min(1),
    type: z.string().endsWith('_error'),
    param: z.string().nullable(),
    code: z.string().min(1),
  }),
});

export interface ReadCall {
  readonly id: string;
  readonly name: string;
  arguments: string;
}

export interface ReadCompletion {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  /** Null when no chunk had any. */
  content: string | null;
  reasoning: string;
  readonly calls: ReadCall[];
  annotations: z.infer<typeof Annotation>[];
  /** Null in a stream that ended with an error. */
  finishReason: string | null;
  usage: z.infer<typeof Usage> | null;
  error: z.infer<typeof Failure>['error'] | null;
}

/** The data of each frame; comments are left out. */
function framesOf(wire: string): string[] {
  const frames = wire.split('\n\n');
  assert.equal(frames.pop(), '', 'the stream ends with an empty line');
  return frames.flatMap((frame) => {
    if (/^:[^\n\r]*$/.test(frame)) return [];
    const [, data] = /^data: ([^\n\r]+)$/.exec(frame) ?? [];
    assert.ok(data !== undefined, `a frame that is not one line of data: ${JSON.stringify(frame)}`);
    return [data];
  });
}

function addFragment(calls: ReadCall[], { index, id, type, function: part }: Fragment): void {
  const known = calls[index];
  if (known) {
    assert.ok(id === undefined && type === undefined && part.name === undefined, 'a call is introduced once');
    known.arguments += part.arguments;
    return;
  }
  assert.equal(index, calls.length, 'calls are numbered without gaps');
  assert.ok(id && type && part.name !== undefined, 'the first fragment has id, type and name');
  calls.push({ id, name: part.name, arguments: part.arguments });
}

function addDelta(read: ReadCompletion, delta: Delta): void {
  if (typeof delta.content === 'string') read.content = (read.content ?? '') + delta.content;
  read.reasoning += delta.reasoning_content ?? '';
  for (const fragment of delta.tool_calls ?? []) addFragment(read.calls, fragment);
  if (delta.annotations) {
    assert.deepEqual(read.annotations, [], 'sources come once');
    read.annotations = delta.annotations;
  }
}

/** Fails with an assertion when the stream is not one a strict client would take. */
export function readChatStream(wire: string, includeUsage = false): ReadCompletion {
  const frames = framesOf(wire);
  const end = frames.pop();
  const failure = end === '[DONE]' ? null : Failure.parse(JSON.parse(end ?? 'null'));
  const chunks: Chunk[] = frames.map((data) => Chunk.parse(JSON.parse(data)));
  const { id = '', created = 0, model = '' } = chunks[0] ?? {};
  const read: ReadCompletion = {
    id,
    created,
    model,
    content: null,
    reasoning: '',
    calls: [],
    annotations: [],
    finishReason: null,
    usage: null,
    error: failure?.error ?? null,
  };
  for (const [place, chunk] of chunks.entries()) {
    assert.deepEqual([chunk.id, chunk.created, chunk.model], [id, created, model], 'all chunks are of one answer');
    const [choice] = chunk.choices;
    if (!choice) {
      assert.ok(includeUsage && place === chunks.length - 1, 'only the usage that was asked for has no choice');
      assert.ok(read.finishReason !== null && chunk.usage && read.usage === null);
      read.usage = chunk.usage;
      continue;
    }
    assert.equal(read.finishReason, null, 'nothing but usage follows the finish chunk');
    assert.equal(choice.delta.role, place === 0 ? 'assistant' : undefined, 'the first delta has the role, no other');
    addDelta(read, choice.delta);
    read.finishReason = choice.finish_reason;
    if (choice.finish_reason === null) assert.equal(chunk.usage, undefined, 'usage comes at the end');
    else assert.deepEqual(choice.delta, {}, 'the finish chunk says nothing else');
    if (chunk.usage) {
      assert.ok(!includeUsage, 'usage that was asked for has a chunk of its own');
      read.usage = chunk.usage;
    }
  }
  assert.equal(read.finishReason === null, failure !== null, 'a finish chunk, or an error');
  const { finishReason, calls } = read;
  if (finishReason === 'tool_calls' || finishReason === 'stop')
    assert.equal(finishReason === 'tool_calls', calls.length > 0, 'tool_calls exactly when there are calls');
  if (finishReason !== null)
    for (const call of calls)
      assert.match(call.arguments, /[^ \t\n\r]/, 'arguments are JSON text, {} when there are none');
  return read;
}
