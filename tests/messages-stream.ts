/**
 * A reader of the Messages event stream that knows nothing of ours: it follows Anthropic's description of the stream and is strict
 * about everything a real client stumbles over. It gives the message the official SDK would put together.
 */
import assert from 'node:assert/strict';
import { z } from 'zod';

const Counts = z.strictObject({
  input_tokens: z.number().int().nonnegative(),
  cache_creation_input_tokens: z.number().int().nonnegative(),
  cache_read_input_tokens: z.number().int().nonnegative(),
  output_tokens: z.number().int().nonnegative(),
});
const Head = z.strictObject({
  id: z.string().regex(/^msg_\w+$/),
  type: z.literal('message'),
  role: z.literal('assistant'),
  model: z.string().min(1),
  content: z.tuple([]),
  stop_reason: z.null(),
  stop_sequence: z.null(),
  usage: Counts.extend({ output_tokens: z.literal(0) }),
});
const Start = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.literal('') }),
  z.strictObject({ type: z.literal('thinking'), thinking: z.literal(''), signature: z.literal('') }),
  z.strictObject({ type: z.literal('tool_use'), id: z.string().min(1), name: z.string(), input: z.strictObject({}) }),
]);
const Delta = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text_delta'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('thinking_delta'), thinking: z.string().min(1) }),
  z.strictObject({ type: z.literal('signature_delta'), signature: z.string().min(1) }),
  z.strictObject({ type: z.literal('input_json_delta'), partial_json: z.string().min(1) }),
]);
const index = z.number().int().nonnegative();
const Event = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('message_start'), message: Head }),
  z.strictObject({ type: z.literal('content_block_start'), index, content_block: Start }),
  z.strictObject({ type: z.literal('content_block_delta'), index, delta: Delta }),
  z.strictObject({ type: z.literal('content_block_stop'), index }),
  z.strictObject({
    type: z.literal('message_delta'),
    delta: z.strictObject({
      stop_reason: z.enum(['end_turn', 'max_tokens', 'stop_sequence', 'tool_use', 'refusal']),
      stop_sequence: z.null(),
    }),
    usage: Counts,
  }),
  z.strictObject({ type: z.literal('message_stop') }),
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({
    type: z.literal('error'),
    error: z.strictObject({ type: z.string().endsWith('_error'), message: z.string().min(1) }),
    request_id: z.string().regex(/^req_\w+$/),
  }),
]);
type Event = z.infer<typeof Event>;

export interface ReadBlock {
  readonly type: 'text' | 'thinking' | 'tool_use';
  /** Text, thinking or the JSON text of the input. */
  text: string;
  signature?: string;
  readonly id?: string;
  readonly name?: string;
}

export interface ReadMessage {
  readonly id: string;
  readonly model: string;
  readonly blocks: ReadBlock[];
  /** Null in a stream that ended with an error. */
  stopReason: string | null;
  firstUsage: z.infer<typeof Counts>;
  usage: z.infer<typeof Counts> | null;
  error: { readonly type: string; readonly message: string } | null;
}

function eventsOf(wire: string): Event[] {
  const frames = wire.split('\n\n');
  assert.equal(frames.pop(), '', 'the stream ends with an empty line');
  return frames.flatMap((frame) => {
    if (frame.startsWith(':')) return [];
    const [, name, data] = /^event: (\w+)\ndata: (\{[^\n\r]*\})$/.exec(frame) ?? [];
    assert.ok(name !== undefined && data !== undefined, `a frame that is no event: ${JSON.stringify(frame)}`);
    const event = Event.parse(JSON.parse(data));
    assert.equal(event.type, name);
    return [event];
  });
}

const pieceOf = (delta: z.infer<typeof Delta>): [ReadBlock['type'], string] => {
  if (delta.type === 'text_delta') return ['text', delta.text];
  if (delta.type === 'input_json_delta') return ['tool_use', delta.partial_json];
  return ['thinking', delta.type === 'thinking_delta' ? delta.thinking : ''];
};

/** Fails with an assertion when the stream is not one a strict client would take. */
export function readMessageStream(wire: string): ReadMessage {
  const [start, ...events] = eventsOf(wire).filter(({ type }) => type !== 'ping');
  assert.ok(start?.type === 'message_start', 'message_start comes first');
  const { id, model, usage } = start.message;
  const read: ReadMessage = { id, model, blocks: [], stopReason: null, firstUsage: usage, usage: null, error: null };
  let open: ReadBlock | null = null;
  let ended = false;
  for (const event of events) {
    assert.ok(!ended, 'nothing follows the end');
    assert.ok(read.stopReason === null || event.type === 'message_stop', 'only message_stop follows message_delta');
    switch (event.type) {
      case 'content_block_start': {
        assert.ok(open === null, 'one block at a time');
        assert.equal(event.index, read.blocks.length);
        const { type, ...rest } = event.content_block;
        open = { type, text: '', ...('id' in rest && { id: rest.id, name: rest.name }) };
        read.blocks.push(open);
        break;
      }
      case 'content_block_delta': {
        assert.ok(open, 'a delta belongs to an open block');
        assert.equal(event.index, read.blocks.length - 1);
        assert.equal(open.signature, undefined, 'nothing follows the signature');
        const [type, text] = pieceOf(event.delta);
        assert.equal(open.type, type);
        open.text += text;
        if (event.delta.type === 'signature_delta') open.signature = event.delta.signature;
        break;
      }
      case 'content_block_stop':
        assert.ok(open, 'only an open block is stopped');
        assert.equal(event.index, read.blocks.length - 1);
        assert.ok(open.type !== 'thinking' || open.signature, 'thinking is signed');
        open = null;
        break;
      case 'message_delta':
        assert.ok(open === null, 'every block is stopped before the end');
        assert.ok(read.blocks.length > 0, 'a message has content');
        Object.assign(read, { stopReason: event.delta.stop_reason, usage: event.usage });
        break;
      case 'message_stop':
        assert.ok(read.stopReason, 'message_delta comes before message_stop');
        ended = true;
        break;
      case 'error':
        read.error = event.error;
        ended = true;
        break;
      case 'message_start':
      case 'ping':
      default:
        assert.fail('message_start comes once');
    }
  }
  assert.ok(ended, 'the stream has an end');
  const calls = read.blocks.some(({ type }) => type === 'tool_use');
  if (read.stopReason === 'tool_use' || read.stopReason === 'end_turn')
    assert.equal(read.stopReason === 'tool_use', calls, 'tool_use exactly when there are calls');
  return read;
}
