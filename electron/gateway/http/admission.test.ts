import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { ChatError } from '../chat/errors.ts';
import { Admission } from './admission.ts';

const response = () => Object.assign(new EventEmitter(), { destroyed: false });
const full = (error: unknown) => error instanceof ChatError && error.code === 'queue_full';

test('F099 bodies are held within the budget, one always, and what is answered makes room', () => {
  const admission = new Admission(100);
  const first = response();
  admission.enter(first, 500);
  assert.throws(() => admission.enter(response(), 10), full);
  first.emit('close');
  const second = response();
  const held = admission.enter(second, 60);
  admission.enter(response(), 40);
  assert.throws(() => admission.enter(response(), 1), full);
  assert.throws(() => held.resize(61), full, 'a packed body that turns out to be larger');
  held.resize(50);
  admission.enter(response(), 10);
});
