import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPresence } from './presence.ts';

const asked: string[] = [];
const sensor = (available: boolean, answers: boolean) => ({
  canPromptTouchID: () => available,
  promptTouchID: (reason: string) => {
    asked.push(reason);
    return answers ? Promise.resolve() : Promise.reject(new Error('cancelled'));
  },
});
const dispatch = async (name: string) => ({ ok: true as const, value: name });

for (const [name, system, call, questions, through] of [
  ['a finger that is known', sensor(true, true), 'data.export', 1, true],
  ['a finger that is not', sensor(true, false), 'data.export', 1, false],
  ['a finger that is not, for one token', sensor(true, false), 'tokens.reveal', 1, false],
  ['a Mac without a sensor', sensor(false, false), 'data.export', 0, true],
  ['a call that hands out nothing', sensor(true, false), 'state.get', 0, true],
  ['another system', null, 'data.export', 0, true],
] as const) {
  test(`F163: before tokens are revealed or exported: ${name}`, async () => {
    asked.length = 0;
    const answer = await withPresence(dispatch, system, () => 'export')(call, null);
    assert.equal(answer.ok, through);
    assert.equal(asked.length, questions);
    if (!answer.ok) assert.equal(answer.error.code, 'refused');
  });
}
