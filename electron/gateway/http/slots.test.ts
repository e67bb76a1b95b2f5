import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { Request, Response } from 'express';
import { ChatError } from '../chat/errors.ts';
import { knowPeer } from './peer.ts';
import { slots } from './slots.ts';

function setUp(most: number) {
  const limit = { most };
  const enter = slots(() => limit.most);
  /** The response of a request that was let in, or why it was not. */
  const come = (destroyed = false, address = ''): EventEmitter | ChatError => {
    const response = Object.assign(new EventEmitter(), { destroyed });
    if (address !== '')
      knowPeer(response as unknown as Response, { address, local: address === '127.0.0.1', secure: false });
    let refusal: unknown;
    // Nothing else of the two is used.
    void enter({} as Request, response as unknown as Response, (error: unknown) => (refusal = error));
    return refusal instanceof ChatError ? refusal : response;
  };
  return { limit, come };
}
const isIn = (came: EventEmitter | ChatError): came is EventEmitter => came instanceof EventEmitter;

test('those beyond the limit are refused with a wait, until one has ended', () => {
  const { come } = setUp(2);
  const [first, second, third] = [come(), come(), come()];
  assert.ok(isIn(first) && isIn(second) && !isIn(third));
  assert.deepEqual([third.code, third.retryAfterMs], ['queue_full', 2_000]);
  first.emit('close');
  assert.deepEqual([isIn(come()), isIn(come())], [true, false]);
});

test('another limit counts from the next request on, and ends none that runs', () => {
  const { come, limit } = setUp(3);
  const running = [come(), come(), come()];
  limit.most = 1;
  assert.ok(!isIn(come()));
  for (const each of running) if (isIn(each)) each.emit('close');
  assert.deepEqual([isIn(come()), isIn(come())], [true, false]);
});

test('a client that has left already holds no place', () => {
  const { come } = setUp(1);
  come(true);
  assert.ok(isIn(come()));
});

test('F126: another computer may take a tenth of all alone; this one and others find the rest', () => {
  const { come } = setUp(40);
  const greedy = Array.from({ length: 10 }, () => come(false, '192.168.0.9'));
  assert.deepEqual(greedy.map(isIn), [true, true, true, true, ...Array.from({ length: 6 }, () => false)]);
  const refused = greedy.at(-1);
  assert.ok(refused instanceof ChatError);
  assert.deepEqual([refused.code, refused.status, refused.retryAfterMs], ['rate_limit_exceeded', 429, 2_000]);
  assert.ok(isIn(come(false, '192.168.0.10')));
  assert.ok(Array.from({ length: 35 }, () => come(false, '127.0.0.1')).every(isIn));
  const [first] = greedy;
  if (first && isIn(first)) first.emit('close');
  assert.deepEqual([isIn(come(false, '192.168.0.9')), isIn(come(false, '192.168.0.9'))], [true, false]);
});
