import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../chat/errors.ts';
import { Turns } from './turns.ts';

const here = new AbortController().signal;

/** Takes a turn and says when it has come. */
function asking(turns: Turns, name: string, signal: AbortSignal = here) {
  const state = { came: false, failed: '', end: () => {} };
  turns.take(name, signal).then(
    (end) => Object.assign(state, { came: true, end }),
    (error: unknown) => (state.failed = error instanceof ChatError ? error.code : String(error)),
  );
  return state;
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('so many run at once, the others in their order', async () => {
  const turns = new Turns({ limit: () => 2, longest: 10 });
  const [one, two, three, four] = [1, 2, 3, 4].map(() => asking(turns, 'a'));
  const elsewhere = asking(turns, 'b');
  await settled();
  assert.deepEqual([one, two, three, four, elsewhere].map((turn) => turn?.came), [true, true, false, false, true]); // prettier-ignore
  two?.end();
  two?.end();
  await settled();
  assert.deepEqual([three?.came, four?.came], [true, false]);
  one?.end();
  await settled();
  assert.equal(four?.came, true);
});

test('who is aborted leaves the line, and nobody waits for him', async () => {
  const turns = new Turns({ limit: () => 1, longest: 10 });
  const first = asking(turns, 'a');
  await settled();
  const gone = new AbortController();
  const second = asking(turns, 'a', gone.signal);
  const third = asking(turns, 'a');
  gone.abort();
  await settled();
  assert.equal(second.failed, 'client_closed');
  first.end();
  await settled();
  assert.deepEqual([second.came, third.came], [false, true]);
  assert.equal(asking(turns, 'a', gone.signal).came, false);
});

test('the line is bounded, and a higher limit lets in more', async () => {
  let limit = 1;
  const turns = new Turns({ limit: () => limit, longest: 2 });
  const [first, second, third, fourth] = [1, 2, 3, 4].map(() => asking(turns, 'a'));
  await settled();
  assert.deepEqual([third?.failed, fourth?.failed], ['', 'queue_full']);
  limit = 3;
  first?.end();
  await settled();
  assert.deepEqual([second?.came, third?.came], [true, true]);
});
