import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../../tests/growth.ts';
import type { ChatEvent } from '../chat/events.ts';
import { keptCharacters, Transcript } from './transcript.ts';

test('what is taken step by step is what was said, each piece once and in its place', () => {
  const transcript = new Transcript();
  transcript.push([
    { type: 'reasoning', text: 'Hm. ' },
    { type: 'text', text: 'One' },
  ]);
  assert.deepEqual(transcript.take(), { textAt: 0, text: 'One', reasoningAt: 0, reasoning: 'Hm. ', calls: [] });
  transcript.push([{ type: 'text', text: ' two' }]);
  assert.deepEqual(transcript.take(), { textAt: 3, text: ' two', reasoningAt: 4, reasoning: '', calls: [] });
  transcript.push([
    { type: 'tool-call-start', index: 0, id: 'a', name: 'look' },
    { type: 'tool-call-start', index: 1, id: 'b', name: 'find' },
    { type: 'tool-call-delta', index: 0, arguments: '{"q":' },
  ]);
  assert.deepEqual(transcript.take().calls, [
    { index: 0, name: 'look', arguments: '{"q":' },
    { index: 1, name: 'find', arguments: '' },
  ]);
  transcript.push([{ type: 'tool-call-delta', index: 0, arguments: '1}' }]);
  assert.deepEqual(transcript.take().calls, [{ index: 0, name: 'look', arguments: '{"q":1}' }]);
  const { text, reasoning, cut } = transcript.whole();
  assert.deepEqual({ text, reasoning, cut }, { text: 'One two', reasoning: 'Hm. ', cut: false });
});

test('a text is kept up to its limit, and what was cut is said', () => {
  const transcript = new Transcript();
  transcript.push([{ type: 'text', text: 'x'.repeat(keptCharacters - 1) }]);
  assert.equal(transcript.cut, false);
  transcript.push([{ type: 'text', text: 'yz' }]);
  assert.equal(transcript.cut, true);
  assert.ok(transcript.whole().text.endsWith('xy'));
  assert.equal(transcript.whole().text.length, keptCharacters);
});

test('the time for an answer grows with its length, however often it is looked at', () => {
  const pieces = (n: number) => {
    const transcript = new Transcript();
    const word: ChatEvent[] = [{ type: 'text', text: 'word ' }];
    for (let i = 0; i < n; i++) {
      transcript.push(word);
      if (i % 50 === 0) transcript.take();
    }
    transcript.whole();
  };
  assert.ok(growth(pieces, 20_000) < linear);
});
