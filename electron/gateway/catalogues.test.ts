import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'node:test';
import { Catalogues } from './catalogues.ts';
import type { Source } from './exchange/answer.ts';

function source(id: string, refreshed: (id: string) => void): Source {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a provider has far more; this is all that is asked of it here
  const provider = { id, refreshModels: async () => refreshed(id) } as unknown as Source['provider'];
  return { provider, pool: null };
}

test('lists of models are read at the start and again and again while it runs, of what is switched on', async () => {
  const asked: string[] = [];
  const on = [source('one', (id) => asked.push(id)), source('two', (id) => asked.push(id))];
  const changed: string[] = [];
  const { promise: second, resolve } = Promise.withResolvers<void>();
  const catalogues = new Catalogues({
    sources: () => on,
    changed: ({ provider }) => {
      changed.push(provider.id);
      if (changed.length === 3) resolve();
    },
    signal: new AbortController().signal,
  });
  // The interval keeps no process alive, so the test has to.
  const awake = setInterval(() => {}, 1_000);
  catalogues.start(5);
  assert.deepEqual(asked, ['one', 'two'], 'at once');
  on.pop();
  await second;
  clearInterval(awake);
  assert.equal(asked[2], 'one', 'again, without what has been switched off');
  catalogues.stop();
  const before = asked.length;
  await wait(30);
  assert.equal(asked.length, before, 'not once it is stopped');
});
