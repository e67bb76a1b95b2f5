import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notice } from '../../../shared/notice.ts';
import { carriedReasoning } from './carried-reasoning.ts';
import type { ChatRequest, Part } from './request.ts';

const thought: Part = { type: 'reasoning', text: 'hm' };
const signed: Part = { type: 'reasoning', text: 'deep', signature: 'from elsewhere' };
const sealed: Part = { type: 'reasoning', text: '', signature: 'from elsewhere' };
const said: Part = { type: 'text', text: 'Yes.' };

function carry(taken: 'none' | 'text' | 'signed' | undefined, content: readonly Part[]) {
  const request: ChatRequest = {
    model: 'm', messages: [{ role: 'user', content: [said] }, { role: 'assistant', content }], tools: [], toolChoice: { type: 'auto' },
    sampling: {}, responseFormat: { type: 'text' },
  }; // prettier-ignore
  const warnings: Notice[] = [];
  const carried = carriedReasoning(request, {
    model: { earlierReasoning: taken },
    warn: (notice) => warnings.push(notice),
  });
  return { content: carried.messages[1]?.content, untouched: carried === request, warnings: warnings.length };
}

test('a provider that takes texts gets them without the signatures of others', () => {
  const { content, warnings } = carry('text', [thought, signed, sealed, said]);
  assert.deepEqual(content, [thought, { type: 'reasoning', text: 'deep' }, said]);
  assert.equal(warnings, 2);
});

test('a provider that takes nothing gets nothing', () => {
  assert.deepEqual(carry('none', [thought, said]), { content: [said], untouched: false, warnings: 0 });
});

test('what needs no change is the same request', () => {
  for (const [taken, content] of [
    ['text', [thought, said]],
    ['none', [said]],
    ['signed', [signed, sealed, said]],
    [undefined, [signed, sealed, said]],
  ] as const)
    assert.deepEqual(carry(taken, content), { content, untouched: true, warnings: 0 });
});
