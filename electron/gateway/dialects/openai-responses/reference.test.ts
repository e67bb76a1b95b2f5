/** Items of earlier answers that a request refers to, as the Vercel AI SDK does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent } from '../../chat/events.ts';
import type { Message } from '../../chat/request.ts';
import { createOpenaiResponses } from './dialect.ts';
import type { ItemRecall } from './recall.ts';

const head = { id: 'abc', model: 'm', created: 0 };
const user = { role: 'user', content: 'x' };
const tools = [
  { type: 'function', name: 'weather' },
  { type: 'custom', name: 'patch' },
];
const said: ChatEvent[] = [
  { type: 'reasoning', text: 'Hm.', signature: 'sig' },
  { type: 'text', text: 'Let me see.' },
  { type: 'tool-call-start', index: 0, id: 'call_1', name: 'weather' },
  { type: 'tool-call-delta', index: 0, arguments: '{"city":"Rome"}' },
  { type: 'tool-call-end', index: 0 },
  { type: 'tool-call-start', index: 1, id: 'call_2', name: 'patch' },
  { type: 'tool-call-delta', index: 1, arguments: '{"input":"diff"}' },
  { type: 'tool-call-end', index: 1 },
];
const finish: ChatEvent = { type: 'finish', reason: 'tool-calls' };

/** Keeps everything for everybody who has the same key. */
function memory(): ItemRecall & { readonly ids: readonly string[] } {
  const items = new Map<string, object>();
  return {
    get ids() {
      return [...items.keys()].map((name) => name.split(' ')[1] ?? '');
    },
    find: (key, id) => items.get(`${key} ${id}`),
    keep: (key, list) => {
      for (const item of list) items.set(`${key} ${(item as { id: string }).id}`, item);
    },
  };
}

const dialectOf = (recall: ItemRecall) => createOpenaiResponses(recall);

function answered(recall: ItemRecall, options: { readonly body?: object; readonly events?: ChatEvent[] } = {}): void {
  const events = options.events ?? [...said, finish];
  const decoded = dialectOf(recall).decode({ model: 'm', input: [user], tools, ...options.body }, 'mine');
  decoded.encoder(head).push(events);
}

function messages(recall: ItemRecall, input: readonly object[], key = 'mine'): readonly Message[] {
  return dialectOf(recall).decode({ model: 'm', input, tools }, key).request.messages;
}

test('references stand for what was said, thinking and calls included', () => {
  const recall = memory();
  answered(recall);
  const outputs = [
    { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
    { type: 'custom_tool_call_output', call_id: 'call_2', output: 'done' },
  ];
  const references = recall.ids.map((id) => ({ type: 'item_reference', id }));
  assert.equal(references.length, 4);
  const [, assistant, ...results] = messages(recall, [user, ...references, ...outputs]);
  assert.deepEqual(assistant?.content, [
    { type: 'reasoning', text: 'Hm.', signature: 'sig' },
    { type: 'text', text: 'Let me see.' },
    { type: 'tool-call', id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' },
    { type: 'tool-call', id: 'call_2', name: 'patch', arguments: '{"input":"diff"}' },
  ]);
  assert.deepEqual(
    results.map(({ content: [part] }) => part?.type === 'tool-result' && part.name),
    ['weather', 'patch'],
  );
});

test('a whole answer is kept like a streamed one', () => {
  const recall = memory();
  const collector = dialectOf(recall).decode({ model: 'm', input: 'x', tools }, 'mine').collector(head);
  collector.push([...said, finish]);
  collector.reply();
  assert.equal(recall.ids.length, 4);
});

test('nothing is kept of what the client wants unstored, or of an answer that broke off', () => {
  const recall = memory();
  answered(recall, { body: { store: false } });
  answered(recall, { events: said });
  assert.deepEqual(recall.ids, []);
  answered(recall, {
    body: { store: true },
    events: [
      { type: 'text', text: 'x' },
      { type: 'finish', reason: 'length' },
    ],
  });
  assert.deepEqual(recall.ids, ['msg_abc_0']);
});

test('what is not known, of another key, or said twice is refused with the way out', () => {
  const recall = memory();
  answered(recall);
  const [, id = ''] = recall.ids;
  const reference = { type: 'item_reference', id };
  const refusals: [() => unknown, string, RegExp][] = [
    [() => messages(recall, [user, { type: 'item_reference', id: 'msg_1' }]), 'input[1]', /store: false/],
    [() => messages(recall, [user, reference], 'another'), 'input[1]', /store: false/],
    [() => messages(recall, [user, reference, reference]), 'input[2]', /a second time/],
  ];
  for (const [decode, param, words] of refusals)
    assert.throws(decode, (error) => {
      assert.ok(error instanceof ChatError);
      assert.deepEqual([error.status, error.param], [400, param]);
      return words.test(`${error.message} ${error.hint}`);
    });
});
