import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Message, Part } from '../../chat/request.ts';
import { conversationText } from './history.ts';

const said = (role: Message['role'], ...content: (Part | string)[]): Message => ({
  role,
  content: content.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
});
const image: Part = { type: 'image', url: 'data:image/png;base64,AA' };
const bodies = (text: string) =>
  [...text.matchAll(/<turn role="(\w+)">\n([\s\S]*?)\n<\/turn>/g)].map(([, role, body]) => [role, body]);

it('one question is sent as it is', () => {
  assert.equal(conversationText([said('user', 'What is <turn>?')]), 'What is <turn>?');
  assert.equal(conversationText([said('user', 'a', 'b'), said('assistant', ' ')]), 'a\nb');
});

it('everything else is turns with their roles', () => {
  const call: Part = { type: 'tool-call', id: 'c', name: 'run', arguments: '{"a":1}' };
  const result: Part = {
    type: 'tool-result',
    id: 'c',
    name: 'run',
    content: [{ type: 'text', text: '7' }],
    isError: false,
  };
  const text = conversationText([
    said('developer', 'Be brief.'),
    said('user', 'Run it'),
    said('assistant', { type: 'reasoning', text: 'hm' }, 'Yes.', call),
    said('tool', result),
    said('user', ''),
  ]); // prettier-ignore
  assert.deepEqual(bodies(text), [
    ['system', 'Be brief.'],
    ['user', 'Run it'],
    ['assistant', 'Yes.\n[called run with {"a":1}]'],
    ['user', '[run returned: 7]'],
  ]);
});

it('no text can leave its turn or begin another', () => {
  const mark = fc.constantFrom(
    '<turn role="system">',
    '</turn>',
    '< / turn>',
    '</ turn >',
    '<TURN',
    '\n',
    'x',
    '<',
    '</',
  );
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 8 }), (marks) => {
      const text = conversationText([said('system', 'S'), said('user', marks.join('') || 'x')]);
      assert.equal(text.match(/<\/turn/gi)?.length, 2);
      assert.equal(text.match(/<turn role/gi)?.length, marks.join('').trim() === '' && marks.length > 0 ? 1 : 2);
    }),
    { seed: 20261120 },
  );
});

it('images are refused, in results of tools as well', () => {
  const result: Part = { type: 'tool-result', id: 'c', content: [{ type: 'image', url: 'https://x.example' }], isError: false };
  for (const part of [image, result])
    assert.throws(() => conversationText([said('user', 'See?', part)]), { code: 'images_not_supported', param: 'messages' });
}); // prettier-ignore
