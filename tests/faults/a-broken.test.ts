/** Group A: a service that breaks its answers. */
import assert from 'node:assert/strict';
import { fault } from './fault.ts';

fault('F017', 'P0', 'a connection that breaks after three deltas is an error, never a good end', async (t) => {
  const service = await t.service(['cut:3', 'ok']);
  const talk = await t.ask(service);
  assert.equal(talk.status, 200);
  assert.equal(talk.error, 'upstream_disconnect');
  assert.equal(talk.marked, false);
  assert.equal(talk.said.split(' ').length - 1, 3);
  assert.equal(t.faultd.seen.length, 1);
});
