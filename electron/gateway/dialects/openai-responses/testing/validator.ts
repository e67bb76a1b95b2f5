/**
 * The grammar of a Responses stream, written from the published event list and from what breaks clients, not from the encoder: one
 * item open at a time, each event in its place, deltas that add up to what `done` says, and an end that repeats every item.
 */
import assert from 'node:assert/strict';
import { z } from 'zod';

const status = z.enum(['in_progress', 'completed', 'incomplete']);
const Annotation = z.strictObject({
  type: z.literal('url_citation'),
  start_index: z.number().int(),
  end_index: z.number().int(),
  url: z.string(),
  title: z.string().min(1),
});
const TextPart = z.strictObject({
  type: z.literal('output_text'),
  text: z.string(),
  annotations: z.array(Annotation),
  logprobs: z.tuple([]),
});
const SummaryPart = z.strictObject({ type: z.literal('summary_text'), text: z.string() });
const call = { call_id: z.string().min(1), name: z.string(), namespace: z.string().optional() };
const Item = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('message'),
    id: z.string().startsWith('msg_'),
    status,
    role: z.literal('assistant'),
    content: z.array(TextPart).max(1),
  }),
  z.strictObject({
    type: z.literal('reasoning'),
    id: z.string().startsWith('rs_'),
    status,
    summary: z.array(SummaryPart).max(1),
    encrypted_content: z.string().nullable(),
  }),
  z.strictObject({
    type: z.literal('function_call'),
    id: z.string().startsWith('fc_'),
    status,
    ...call,
    arguments: z.string(),
  }),
  z.strictObject({
    type: z.literal('custom_tool_call'),
    id: z.string().startsWith('ctc_'),
    status,
    ...call,
    input: z.string(),
  }),
]);
type Item = z.infer<typeof Item>;

const Usage = z.strictObject({
  input_tokens: z.number(),
  input_tokens_details: z.strictObject({ cached_tokens: z.number() }),
  output_tokens: z.number(),
  output_tokens_details: z.strictObject({ reasoning_tokens: z.number() }),
  total_tokens: z.number(),
});
export const Response = z.looseObject({
  id: z.string().startsWith('resp_'),
  object: z.literal('response'),
  status: z.enum(['in_progress', 'completed', 'incomplete', 'failed']),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  incomplete_details: z.strictObject({ reason: z.enum(['max_output_tokens', 'content_filter']) }).nullable(),
  output: z.array(Item),
  usage: Usage.nullable(),
});
type Response = z.infer<typeof Response>;

const Event = z.looseObject({ type: z.string(), sequence_number: z.number().int() });
type Event = z.infer<typeof Event>;

/** The events of some wire text, their framing checked. */
export function eventsOf(wire: string): Event[] {
  const frames = wire.split('\n\n');
  assert.equal(frames.pop(), '', 'the last event is ended by an empty line');
  return frames.map((frame) => {
    const [, name, data] = /^event: ([a-z._]+)\ndata: (\{[^\r\n]*\})$/.exec(frame) ?? [];
    const event = Event.parse(JSON.parse(data ?? 'null'));
    assert.equal(name, event.type, 'the name is the type');
    return event;
  });
}

interface Kind {
  /** Events in which the text of the item comes, without `response.`. */
  readonly text: string;
  /** The name of the text in the `done` event. */
  readonly field: string;
  readonly part?: { readonly name: string; readonly index: string; readonly empty: object };
}
const kinds: Readonly<Record<Item['type'], Kind>> = {
  message: {
    text: 'output_text',
    field: 'text',
    part: {
      name: 'content_part',
      index: 'content_index',
      empty: { type: 'output_text', text: '', annotations: [], logprobs: [] },
    },
  },
  reasoning: {
    text: 'reasoning_summary_text',
    field: 'text',
    part: { name: 'reasoning_summary_part', index: 'summary_index', empty: { type: 'summary_text', text: '' } },
  },
  function_call: { text: 'function_call_arguments', field: 'arguments' },
  custom_tool_call: { text: 'custom_tool_call_input', field: 'input' },
};

function textIn(item: Item): string {
  if (item.type === 'message') return item.content.map((part) => part.text).join('');
  if (item.type === 'reasoning') return item.summary.map((part) => part.text).join('');
  return item.type === 'function_call' ? item.arguments : item.input;
}

/** Reads events one after the other, each of the type that is said to come. */
class Reader {
  readonly #events: readonly Event[];
  #at = 0;

  constructor(events: readonly Event[]) {
    this.#events = events;
  }

  get next(): string {
    return this.#events[this.#at]?.type ?? 'nothing';
  }

  take(type: string): Event {
    const event = this.#events[this.#at];
    assert.equal(event?.type, type, `event ${this.#at}`);
    assert.ok(event);
    assert.equal(event.sequence_number, this.#at);
    this.#at += 1;
    return event;
  }
}

/** Everything of one item; undefined when the stream broke within it. */
function readItem(reader: Reader, index: number): Item | undefined {
  const added = reader.take('response.output_item.added');
  assert.equal(added['output_index'], index);
  const item = Item.parse(added['item']);
  assert.equal(item.status, 'in_progress');
  assert.equal(textIn(item), '');
  const { text: name, field, part } = kinds[item.type];
  const place = { item_id: item.id, output_index: index, ...(part && { [part.index]: 0 }) };
  const take = (type: string): Event => {
    const event = reader.take(type);
    for (const [key, value] of Object.entries(place)) assert.equal(event[key], value, `${type} ${key}`);
    return event;
  };
  const broken = (): boolean => reader.next === 'error';

  let opened = false;
  let text = '';
  const annotations: unknown[] = [];
  if (part && reader.next === `response.${part.name}.added`) {
    assert.deepEqual(take(`response.${part.name}.added`)['part'], part.empty);
    opened = true;
  }
  if (item.type === 'message') assert.ok(opened, 'a message has its part at once');
  for (;;) {
    if (reader.next === `response.${name}.delta`) {
      const { delta } = z.looseObject({ delta: z.string().min(1) }).parse(take(reader.next));
      text += delta;
    } else if (reader.next === 'response.output_text.annotation.added') {
      assert.equal(item.type, 'message');
      const event = take(reader.next);
      assert.equal(event['annotation_index'], annotations.length);
      const annotation = Annotation.parse(event['annotation']);
      assert.ok(annotation.start_index <= text.length);
      annotations.push(annotation);
    } else break;
  }
  if (broken()) return undefined;
  const done = (): unknown => take(`response.${name}.done`)[field];
  if (!part || opened) assert.equal(done(), text);
  if (part && opened) {
    const whole = item.type === 'message' ? { ...part.empty, text, annotations } : { ...part.empty, text };
    assert.deepEqual(take(`response.${part.name}.done`)['part'], whole);
  }
  const ended = reader.take('response.output_item.done');
  assert.equal(ended['output_index'], index);
  const whole = Item.parse(ended['item']);
  assert.notEqual(whole.status, 'in_progress');
  assert.deepEqual([whole.type, whole.id, textIn(whole)], [item.type, item.id, text]);
  if (whole.type === 'message') assert.deepEqual(whole.content[0]?.annotations, annotations);
  if (whole.type === 'function_call' && whole.status === 'completed') assert.match(text, /[^ \t\n\r]/);
  return whole;
}

/** Throws unless this is one whole stream. Gives the response of its last event. */
export function validate(wire: string): Response {
  const reader = new Reader(eventsOf(wire));
  const first = Response.parse(reader.take('response.created')['response']);
  assert.deepEqual([first.status, first.output, first.usage], ['in_progress', [], null]);
  assert.deepEqual(Response.parse(reader.take('response.in_progress')['response']), first);
  const output: Item[] = [];
  while (reader.next === 'response.output_item.added') {
    const item = readItem(reader, output.length);
    if (!item) break;
    output.push(item);
  }
  if (reader.next === 'error') {
    const error = z.looseObject({ code: z.string(), message: z.string(), error: z.looseObject({}) });
    error.parse(reader.take('error'));
  }
  const end = reader.next;
  const last = Response.parse(reader.take(end)['response']);
  assert.equal(end, `response.${last.status}`);
  assert.notEqual(last.status, 'in_progress');
  assert.equal(reader.next, 'nothing');
  assert.equal(last.error !== null, last.status === 'failed');
  assert.equal(last.incomplete_details !== null, last.status === 'incomplete');
  assert.deepEqual(last.output, output);
  assert.ok(output.length > 0 || last.status === 'failed');
  assert.equal(new Set(output.map((item) => item.id)).size, output.length);
  if (last.status === 'completed') assert.ok(output.every((item) => item.status === 'completed'));
  const same = ({ id, created_at: created, model }: Response) => [id, created, model];
  assert.deepEqual(same(last), same(first));
  return last;
}

/** The same stream with neighbouring deltas of an item joined and numbered anew: what does not depend on how it was cut. */
export function joined(wire: string): Event[] {
  const result: Event[] = [];
  for (const event of eventsOf(wire)) {
    const before = result.at(-1);
    if (before?.type === event.type && typeof event['delta'] === 'string')
      result[result.length - 1] = { ...before, delta: `${String(before['delta'])}${event['delta']}` };
    else result.push({ ...event, sequence_number: result.length });
  }
  return result;
}
