import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearName } from './near-name.ts';

const offered = ['GLM-4.7', 'GLM-5', 'deepseek-chat', 'llama-3.3-70b-versatile', '模型-甲'];

test('finds the name that is meant', () => {
  const cases: [asked: string, near: string | undefined][] = [
    ['glm4.7', 'GLM-4.7'],
    ['glm-4.7-2025-12-01', 'GLM-4.7'],
    ['llama-3.1-70b-versatile', 'llama-3.3-70b-versatile'],
    ['deepseek-chat-v3', 'deepseek-chat'],
    ['deepsek-chat', 'deepseek-chat'],
    ['模型', '模型-甲'],
    ['claude-sonnet-4-5', undefined],
    ['--', undefined],
    ['', undefined],
  ];
  for (const [asked, near] of cases) assert.equal(nearName(asked, offered), near, asked);
});

test('names of one character or none are no neighbours of anything', () => {
  assert.equal(nearName('gpt-4o', ['', '-', 'x']), undefined);
});
