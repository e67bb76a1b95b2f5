import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { Request, Response } from 'express';
import { ChatError } from '../chat/errors.ts';
import { slots } from './slots.ts';

function setUp(most: number) {
  const limit = { most };
  const enter = slots(() => limit.most);
  /** The response of a request that was let in, or why it was not. */
  const come = (destroyed = false): EventEmitter | ChatError => {
    const response = Object.assign(new EventEmitter(), { destroyed });
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
