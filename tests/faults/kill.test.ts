/** A few kills with every test run; `npm run test:kill` makes two hundred. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killRepeatedly } from './kills.ts';

test('F071: a process that is killed while it writes has lost nothing it had acknowledged', async () => {
  const { acknowledged, tokens } = await killRepeatedly(3);
  assert.ok(acknowledged > 3 && tokens > 0);
});
