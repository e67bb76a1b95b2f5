/** Whatever the dialect, work grows with the answer and no faster. Apart from the grammar tests, whose garbage would be measured too. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../../tests/growth.ts';
import type { ChatEvent } from '../chat/events.ts';
import { anthropicMessages } from './anthropic-messages/dialect.ts';
import { openaiChat } from './openai-chat/dialect.ts';
import { openaiResponses } from './openai-responses/dialect.ts';

const head = { id: 'abc', model: 'm', created: 1 };
const messages = [{ role: 'user', content: 'x' }];
const dialects = [
  [openaiChat, { model: 'm', messages }],
  [anthropicMessages, { model: 'm', messages, max_tokens: 10 }],
  [openaiResponses, { model: 'm', input: 'x' }],
] as const;
const finish: ChatEvent = { type: 'finish', reason: 'stop' };

for (const [dialect, body] of dialects) {
  test(`${dialect.id}: a long answer is collected and encoded in linear time`, () => {
    const batch: ChatEvent[] = Array.from({ length: 100 }, () => ({ type: 'text', text: 'word ' }));
    const work = (batches: number) => {
      const decoded = dialect.decode(body);
      const [encoder, collector] = [decoded.encoder(head), decoded.collector(head)];
      for (let round = 0; round < batches; round += 1) {
        encoder.push(batch);
        collector.push(batch);
      }
      collector.push([finish]);
      assert.ok(JSON.stringify(collector.reply()).includes('word word'));
    };
    assert.ok(growth(work, 1_000) < linear);
  });

  test(`${dialect.id}: many calls that interleave wait for their turn in linear time`, () => {
    const work = (calls: number) => {
      const encoder = dialect.decode(body).encoder(head);
      const indexes = Array.from({ length: calls }, (_, place) => place);
      const batches: ChatEvent[][] = [
        indexes.map((index) => ({ type: 'tool-call-start', index, id: '', name: 'f' })),
        indexes.map((index) => ({ type: 'tool-call-delta', index, arguments: '{}' })),
        [finish],
      ];
      const wire = batches.map((batch) => encoder.push(batch)).join('');
      assert.ok(wire.length > 100 * calls);
    };
    assert.ok(growth(work, 2_000) < linear);
  });
}
