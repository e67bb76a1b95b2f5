import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatEvent } from '../chat/events.ts';
import { pour, poured } from './pour.ts';

const batch = (text: string): ChatEvent[] => [{ type: 'text', text }];
const said = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');

test('a generator is poured: in order, one batch at a time, and closed when the taker throws', async () => {
  const seen: string[] = [];
  const batches = () =>
    (async function* () {
      try {
        for (const text of ['a', 'b', 'c']) {
          seen.push(`made ${text}`);
          yield batch(text);
        }
      } finally {
        seen.push('closed');
      }
    })();
  await pour(batches(), async (events) => {
    await new Promise(setImmediate);
    seen.push(`took ${said(events)}`);
  });
  assert.deepEqual(seen.splice(0), ['made a', 'took a', 'made b', 'took b', 'made c', 'took c', 'closed']);
  const thrown = new Error('no more');
  await assert.rejects(
    pour(batches(), () => {
      throw thrown;
    }),
    thrown,
  );
  assert.deepEqual(seen, ['made a', 'closed']);
});

test('what is poured can be iterated, with its end, its error and its backpressure', async () => {
  const seen: string[] = [];
  const source = (failure?: Error) =>
    poured(async (take) => {
      try {
        for (const text of ['a', 'b', 'c']) {
          seen.push(`made ${text}`);
          await take(batch(text));
        }
        if (failure) throw failure;
      } finally {
        seen.push('closed');
      }
    });
  for await (const events of source()) seen.push(`took ${said(events)}`);
  assert.deepEqual(seen.splice(0), ['made a', 'took a', 'made b', 'took b', 'made c', 'took c', 'closed']);
  const failure = new Error('broken');
  await assert.rejects(async () => {
    for await (const events of source(failure)) seen.push(said(events));
  }, failure);
  seen.length = 0;
  for await (const events of source()) if (said(events) === 'b') break;
  assert.deepEqual(seen, ['made a', 'made b', 'closed']);
});
