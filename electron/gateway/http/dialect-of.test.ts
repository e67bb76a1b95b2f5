import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { dialectOf } from './dialect-of.ts';

const version = { 'anthropic-version': '2023-06-01' };
const cases: [string, Record<string, string>, string][] = [
  ['/v1/messages', {}, 'anthropic-messages'],
  ['/V1/Messages/', {}, 'anthropic-messages'],
  ['/v1/messages/count_tokens', {}, 'anthropic-messages'],
  ['/messages/batches', {}, 'anthropic-messages'],
  ['/anthropic/v1/models', {}, 'anthropic-messages'],
  ['/v1/models', version, 'anthropic-messages'],
  ['/v1/nothing', version, 'anthropic-messages'],
  ['/v1/models', {}, 'openai-chat'],
  ['/v1/messagesx', {}, 'openai-chat'],
  ['/', {}, 'openai-chat'],
  // The path says more than a header that some clients send everywhere.
  ['/v1/chat/completions', version, 'openai-chat'],
];

for (const root of ['', '/api']) {
  const speaks = dialectOf([openaiChat, anthropicMessages], root);
  for (const [path, headers, id] of cases)
    test(`${root}${path} ${JSON.stringify(headers)} is ${id}`, () =>
      assert.equal(speaks({ path: root + path, headers }).id, id));
}
