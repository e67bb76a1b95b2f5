import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basesOf } from './bases.ts';

const zai = 'https://api.z.ai/api';
const china = 'https://open.bigmodel.cn/api';

for (const [setting, chat, messages, other] of [
  ['standard', `${zai}/paas/v4`, `${zai}/anthropic`, 'coding'],
  ['coding', `${zai}/coding/paas/v4`, `${zai}/anthropic`, 'standard'],
  ['china', `${china}/paas/v4`, `${china}/anthropic`, 'china-coding'],
  ['china-coding', `${china}/coding/paas/v4`, `${china}/anthropic`, 'china'],
  ['https://api.z.ai/api/coding/paas/v4/', `${zai}/coding/paas/v4`, `${zai}/anthropic`, 'standard'],
  ['https://api.z.ai/api/anthropic', `${zai}/paas/v4`, `${zai}/anthropic`, 'coding'],
  ['https://api.z.ai/api/anthropic/v1/messages', `${zai}/paas/v4`, `${zai}/anthropic`, 'coding'],
  ['https://open.bigmodel.cn/api/paas/v4/chat/completions', `${china}/paas/v4`, `${china}/anthropic`, 'china-coding'],
  ['https://proxy.example', 'https://proxy.example/api/paas/v4', 'https://proxy.example/api/anthropic', 'https://proxy.example/api/coding/paas/v4'],
  ['https://proxy.example/glm/api/coding/paas/v4', 'https://proxy.example/glm/api/coding/paas/v4', 'https://proxy.example/glm/api/anthropic', 'https://proxy.example/glm/api/paas/v4'],
  ['https://proxy.example/v1', 'https://proxy.example/v1', null, null],
] as const) {
  test(`${setting} stands for its bases`, () => {
    const { chat: found, messages: second, other: another } = basesOf(setting) ?? assert.fail();
    assert.deepEqual([found, second, another], [chat, messages, other]);
  });
} // prettier-ignore

test('the other of the other base is the first one', () => {
  for (const setting of ['standard', 'coding', 'china', 'china-coding'])
    assert.equal(basesOf(basesOf(setting)?.other ?? '')?.other, setting);
});

test('a word that is no base is none', () => {
  for (const setting of ['', 'codeing', 'toString']) assert.equal(basesOf(setting), undefined);
});
