import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { growth, linear } from '../../../tests/growth.ts';
import { estimateInput, TokenCounter } from './token-count.ts';

const count = (...pieces: string[]): number => {
  const counter = new TokenCounter();
  for (const piece of pieces) counter.add(piece);
  return counter.count;
};

test('close to what o200k_base counts (gpt-tokenizer 4.0.0), within a quarter', () => {
  const cases: [string, number][] = [
    ['The quick brown fox jumps over the lazy dog, twice a day, and never gets tired of it.', 21],
    ['const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);\n', 25],
    ['{"model":"GLM-4.7","messages":[{"role":"user","content":"Hello"}],"stream":true}', 26],
    ['设置已保存，新的请求会使用新的令牌。日志会实时显示。', 17],
    ['Чтобы изменить настройки, нажмите на значок в правом верхнем углу экрана.', 19],
  ];
  for (const [text, real] of cases) {
    const ratio = count(text) / real;
    assert.ok(ratio > 0.75 && ratio < 1.25, `${ratio.toFixed(2)}: ${text}`);
  }
});

test('more text is never fewer tokens, and where it is cut makes no difference', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      assert.ok(count(a + b) >= count(a));
      assert.equal(count(a, b), count(a + b));
    }),
  );
});

test('system, messages, calls, results, images and tools all count', () => {
  const message = (content: Parameters<typeof estimateInput>[0]['messages'][number]['content']) => ({
    role: 'user' as const,
    content,
  });
  const words = 'one two three four five six seven eight nine ten';
  const base = estimateInput({ messages: [message([])], tools: [] });
  assert.equal(estimateInput({ messages: [], tools: [] }), 1);
  for (const part of [
    { type: 'text', text: words },
    { type: 'reasoning', text: words },
    { type: 'image', url: 'data:image/png;base64,AA' },
    { type: 'tool-call', id: 'c', name: 'f', arguments: JSON.stringify({ words }) },
    { type: 'tool-result', id: 'c', content: [{ type: 'text', text: words }], isError: false },
  ] as const)
    assert.ok(estimateInput({ messages: [message([part])], tools: [] }) > base + 9, part.type);
  const tools = [{ name: 'f', description: words, parameters: { type: 'object', properties: {} } }];
  assert.ok(estimateInput({ messages: [message([])], tools }) > base + 20);
});

test('counting takes time in proportion to the text', () => {
  const work = (size: number) => void count('word, {"a": 12} 你好\n'.repeat(size));
  assert.ok(growth(work, 5_000) < linear);
});
