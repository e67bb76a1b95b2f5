/** Group E: a clock that is off, as services tell it. What a clock that jumps does not change is in e-life. */
import assert from 'node:assert/strict';
import { GatewayState } from '../../shared/state.ts';
import { type Case, fault } from './fault.ts';
import { parse, type Script } from './harness/scripts.ts';

/** A service whose clock is ahead by so many seconds. */
const ahead =
  (seconds: number): Script =>
  (turn) => {
    turn.response.setHeader('date', new Date(Date.now() + seconds * 1000).toUTCString());
    return parse('ok')(turn);
  };

const clockOff = async (t: Case) => GatewayState.parse(await t.product.call('state.get', null)).clockOff;

fault('F094', 'P0', 'a clock that differs from that of all services by more than a minute is told, and no longer when one agrees', async (t) => {
  assert.equal(await clockOff(t), null);
  const first = await t.service([ahead(2_400)]);
  await t.ask(first);
  const told = await clockOff(t);
  assert.equal(told?.host, `127.0.0.1:${t.faultd.port}`);
  assert.ok(Math.abs(told.seconds + 2_400) <= 5, String(told.seconds));
  const right = await t.start();
  await t.ask(await t.service(['ok'], { faultd: right }));
  assert.equal(await clockOff(t), null, 'then it is the first service that is wrong');
}); // prettier-ignore
