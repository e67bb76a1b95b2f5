/** Group B: clients that go, at every moment at which they can. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { dialects } from '../api/dialects.ts';
import { type Case, fault, type Service, type Talk } from './fault.ts';

const kinds = ['openai-compatible', 'anthropic-compatible'] as const;

/** Lets the client go, and checks that the provider is left within a second, and nobody is to blame. */
async function leaves(t: Case, service: Service, talk: Talk): Promise<void> {
  const before = new Set((await t.rows()).filter(({ outcome }) => outcome !== 'active').map(({ id }) => id));
  const asked = t.faultd.seen.length;
  const left = performance.now();
  talk.leave();
  const seen = t.faultd.seen.at(-1);
  await t.until('the provider is left', () => seen?.outcome === 'left');
  t.within((seen?.endedAt ?? Infinity) - left, 1_000, 'closing');
  await t.until('the row has ended', async () =>
    (await t.rows()).some(({ id, outcome }) => !before.has(id) && outcome !== 'active'),
  );
  const row = (await t.rows()).find(({ id }) => !before.has(id));
  assert.deepEqual([row?.outcome, row?.status, row?.attempts.length], ['cancelled', 499, 1]);
  assert.equal(t.faultd.seen.length, asked, 'no repeat');
  const [token] = await t.tokens(service);
  assert.deepEqual([token?.failures, token?.failed, token?.until], [0, 0, null]);
}

fault(
  'F031',
  'P0',
  'a client that leaves before anything has come: the provider is left within a second, no repeat, no blame',
  async (t) => {
    for (const kind of kinds) {
      for (const { name } of dialects) {
        for (const stream of [true, false]) {
          const service = await t.service(['hang-headers'], { kind });
          const asked = t.faultd.seen.length;
          const talk = t.talk(service, { dialect: name, stream });
          await t.until('the provider is asked', () => t.faultd.seen.length > asked);
          await leaves(t, service, talk);
        }
      }
    }
  },
);

fault(
  'F032',
  'P0',
  'a client that leaves in the middle of an answer, streamed or whole, in every dialect',
  async (t) => {
    for (const kind of kinds) {
      for (const { name } of dialects) {
        for (const stream of [true, false]) {
          const service = await t.service(['stall:3'], { kind });
          const asked = t.faultd.seen.length;
          const talk = t.talk(service, { dialect: name, stream });
          if (stream) await talk.until(({ said }) => said.split(' ').length > 3);
          else {
            await t.until(
              'the provider is asked',
              () => t.faultd.seen.length > asked && t.faultd.seen.at(-1)?.deltas.length === 3,
            );
            await sleep(100);
          }
          await leaves(t, service, talk);
          const [row] = await t.rows();
          if (stream) assert.equal(row?.characters, talk.said.length, 'what was sent is on the row');
        }
      }
    }
  },
);
