/** Group A: a service that says nothing, at each moment at which it can. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { fault } from './fault.ts';
import { portOf } from '../port-of.ts';

const environment = { FIRST_BYTE_SECONDS: '2', IDLE_SECONDS: '2', CONNECT_SECONDS: '2', ANSWER_SECONDS: '6' };
const kinds = ['openai-compatible', 'anthropic-compatible'] as const;

fault(
  'F003',
  'P1',
  'an address that swallows connections: 504 after two attempts at most, and other providers answer meanwhile',
  async (t) => {
    // Takes the connection and never shakes hands: to a client of TLS the same as an address that nobody answers.
    const hole = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
    await once(hole, 'listening');
    const baseUrl = `https://127.0.0.1:${portOf(hole)}/v1`;
    try {
      const lost = await t.service(['ok', 'ok', 'ok'], { baseUrl });
      const other = await t.service(['ok']);
      const talk = t.talk(lost);
      assert.equal((await t.ask(other)).status, 200);
      assert.equal(talk.end, 'open', 'the other one did not have to wait for it');
      await talk.done;
      assert.deepEqual([talk.status, talk.error], [504, 'upstream_timeout']);
      assert.equal((await t.row(talk)).attempts.length, 2);
      t.within(talk.endedAt - talk.begun, 5_200, 'two attempts');
      assert.deepEqual((await t.tokens(lost)).map(({ state }) => state), ['unverified', 'unverified', 'unverified']); // prettier-ignore
    } finally {
      hole.close();
    }
  },
  { environment },
);

fault(
  'F005',
  'P0',
  'no response headers: the second token answers, and the first connection is closed',
  async (t) => {
    for (const kind of kinds) {
      const service = await t.service(['hang-headers', 'ok'], { kind });
      const talk = await t.ask(service);
      assert.deepEqual([talk.status, talk.marked], [200, true]);
      const [first, second] = t.faultd.seen.slice(-2);
      await t.until('the first connection is closed', () => first?.outcome === 'left');
      t.within((second?.at ?? 0) - (first?.at ?? 0), 2_600, 'the limit');
      t.within((first?.endedAt ?? Infinity) - (second?.at ?? 0), 1_000, 'the first connection');
      const [tried] = await t.tokens(service);
      assert.deepEqual([tried?.state, tried?.failures], ['degraded', 1]);
      assert.equal((await t.row(talk)).attempts.length, 2);
    }
  },
  { environment },
);

fault(
  'F019',
  'P0',
  'silence after three deltas: an error frame after the limit, and the connection is closed',
  async (t) => {
    for (const kind of kinds) {
      const service = await t.service(['stall:3'], { kind });
      for (const dialect of ['openai-chat', 'anthropic-messages'] as const) {
        const talk = await t.ask(service, { dialect });
        assert.equal(talk.error, dialect === 'openai-chat' ? 'upstream_timeout' : 'api_error', talk.text.slice(-300));
        assert.equal(talk.marked, false);
        const seen = t.faultd.seen.at(-1);
        assert.equal(talk.said, seen?.deltas.join(''));
        t.within(talk.endedAt - talk.begun, 3_500, 'the limit of silence');
        await t.until('the connection is closed', () => seen?.outcome === 'left');
        t.within((seen?.endedAt ?? Infinity) - talk.endedAt, 1_000, 'the connection');
      }
    }
  },
  { environment },
);

fault(
  'F019',
  'P0',
  'headers and then nothing are no answer: the second token answers',
  async (t) => {
    const service = await t.service(['hang-body', 'ok']);
    const talk = await t.ask(service);
    assert.deepEqual([talk.status, talk.marked], [200, true]);
    assert.equal((await t.row(talk)).attempts.length, 2);
  },
  { environment },
);

fault(
  'F019',
  'P0',
  'an answer that drips is ended by the limit of the whole, not by that of silence',
  async (t) => {
    const service = await t.service(['slow:700']);
    const talk = await t.ask(service);
    assert.deepEqual([talk.error, talk.marked], ['upstream_timeout', false]);
    assert.match(talk.text, /broken off/);
    assert.ok(talk.said.length > 0);
    await t.until('the connection is closed', () => t.faultd.active === 0);
  },
  { environment },
);
