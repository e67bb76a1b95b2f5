import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openaiResponses } from '../dialect.ts';
import { eventsOf, validate } from './validator.ts';

const wire = openaiResponses
  .decode({ model: 'm', input: 'x', tools: [{ type: 'custom', name: 'patch' }] })
  .encoder({ id: 'abc', model: 'm', created: 1 })
  .push([
    { type: 'reasoning', text: 'hm' },
    { type: 'text', text: 'Paris' },
    { type: 'citation', index: 1, url: 'https://a.example/' },
    { type: 'tool-call-start', index: 0, id: 'a', name: 'f' },
    { type: 'tool-call-delta', index: 0, arguments: '{"x":1}' },
    { type: 'tool-call-start', index: 1, id: 'b', name: 'patch' },
    { type: 'tool-call-delta', index: 1, arguments: '{"input":"text"}' },
    { type: 'usage', usage: { inputTokens: 1, outputTokens: 2 } },
    { type: 'finish', reason: 'stop' },
  ]);

/** Wire text of events, numbered anew, so that a gap in the numbers is not what gives a missing event away. */
function rewired(events: readonly object[]): string {
  return events
    .map((event, place) => {
      const numbered = { ...event, sequence_number: place };
      return `event: ${(event as { type: string }).type}\ndata: ${JSON.stringify(numbered)}\n\n`;
    })
    .join('');
}

test('the validator accepts the stream it then takes apart', () => {
  assert.deepEqual(
    validate(wire).output.map((item) => item.type),
    ['reasoning', 'message', 'function_call', 'custom_tool_call'],
  );
  assert.ok(validate(rewired(eventsOf(wire))));
});

test('no event can be left out, doubled or moved unnoticed', () => {
  const events = eventsOf(wire);
  for (const [place, event] of events.entries()) {
    assert.throws(() => validate(rewired(events.toSpliced(place, 1))), `without ${event.type}`);
    assert.throws(() => validate(rewired(events.toSpliced(place, 0, event))), `twice ${event.type}`);
    const next = events[place + 1];
    if (next) assert.throws(() => validate(rewired(events.toSpliced(place, 2, next, event))), `late ${event.type}`);
  }
});

test('numbers, names and line breaks count', () => {
  assert.throws(() => validate(wire.replace('"sequence_number":3', '"sequence_number":4')));
  assert.throws(() => validate(wire.replace('event: response.completed', 'event: response.done')));
  assert.throws(() => validate(wire.slice(0, -1)));
  assert.throws(() => validate(wire.replace('"output_index":2', '"output_index":1')));
  assert.throws(() => validate(wire.replace('"status":"completed"', '"status":"in_progress"')));
});
