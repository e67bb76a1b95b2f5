import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

const source = `
  import { getHeapSpaceStatistics } from 'node:v8';
  import { limitYoungHeap } from ${JSON.stringify(path.join(import.meta.dirname, 'young-heap.ts'))};
  if (process.argv[1] === 'limited') limitYoungHeap();
  const held = [];
  for (let round = 0; round < 100; round++) {
    for (let at = 0; at < 50_000; at++) held[at % 20_000] = { at, list: [at] };
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size);
`;
const megabytes = (...mode: string[]): number =>
  Number(execFileSync(process.execPath, ['--input-type=module', '-e', source, ...mode], { encoding: 'utf8' })) /
  2 ** 20;

test('the space for new objects stops growing', () => {
  assert.ok(megabytes() > 32, 'without the limit it grows, else there is nothing to see here');
  assert.ok(megabytes('limited') <= 32);
});
