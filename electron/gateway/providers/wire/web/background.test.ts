import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Background } from './background.ts';

it('runs four jobs at once, keeps 200 waiting, lets the oldest go, and survives a job that fails', async () => {
  const background = new Background();
  const gate = Promise.withResolvers<void>();
  const last = Promise.withResolvers<void>();
  const begun: number[] = [];
  for (let number = 0; number < 300; number += 1) {
    background.add(async () => {
      begun.push(number);
      await gate.promise;
      if (number === 299) last.resolve();
      throw new Error('nobody hears of this');
    });
  }
  assert.deepEqual(begun, [0, 1, 2, 3]);
  gate.resolve();
  await last.promise;
  assert.deepEqual([begun.length, begun[4], begun.at(-1)], [204, 100, 299]);
});
