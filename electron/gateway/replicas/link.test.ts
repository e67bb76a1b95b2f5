/** The life of a connection, with a server that this test plays and a clock that it turns. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { type Connection, type Hearing, Link } from './link.ts';
import type { Script } from './scripts.ts';

const script: Script = { text: 'return 1', sha: '' };
const never = new Promise<never>(() => {});
const turns = async () => {
  for (let at = 0; at < 3; at++) await new Promise(setImmediate);
};

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval'] }));
afterEach(() => mock.timers.reset());

async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 50) {
    mock.timers.tick(Math.min(50, left));
    await turns();
  }
}

/** A link to a server that behaves as `server` says. */
function setUp() {
  const server = { there: true, answers: true, refuses: false };
  const made: Hearing[] = [];
  const log: string[] = [];
  let attempts = 0;
  const connection: Connection = {
    run: async () => {
      if (server.refuses) throw new Error('READONLY');
      return server.answers ? 7 : never;
    },
    ping: () => (server.answers ? Promise.resolve() : never),
    close: async () => void log.push('closed'),
    destroy: () => void log.push('destroyed'),
  };
  const link = new Link({
    async connect(hearing) {
      attempts++;
      if (!server.there) throw new Error('ECONNREFUSED');
      made.push(hearing);
      return connection;
    },
    message: (text) => log.push(`heard ${text}`),
    up: async () => void log.push('up'),
    down: ({ message }) => log.push(`down: ${message}`),
    random: () => 1,
  });
  return { link, server, log, made, attempts: () => attempts };
}

test('it is asked while it is there, and news is heard', async () => {
  const { link, log, made } = setUp();
  assert.equal(await link.ask(script, [], []), undefined, 'before the start');
  await link.start();
  assert.equal(await link.ask(script, [], []), 7);
  made[0]?.message('news');
  await link.close();
  made[0]?.message('late');
  assert.deepEqual(log, ['up', 'heard news', 'closed']);
});

test('without a server it tries again after 0.1 s, twice as long each time, 5 s at the most', async () => {
  const { link, server, log, attempts } = setUp();
  server.there = false;
  await link.start();
  assert.equal(attempts(), 1);
  await pass(100 + 200 + 400 + 800 + 1_600 + 3_200);
  assert.equal(attempts(), 7);
  await pass(10_000);
  assert.equal(attempts(), 9);
  assert.ok(!link.up && log.every((line) => line === 'down: ECONNREFUSED'));
  server.there = true;
  await pass(5_000);
  assert.ok(link.up);
});

test('a lost connection is told once and made anew', async () => {
  const { link, log, made } = setUp();
  await link.start();
  made[0]?.lost(new Error('reset'));
  made[0]?.lost(new Error('reset again'));
  assert.equal(link.up, false);
  await assert.rejects(link.run(script, [], []));
  await pass(100);
  assert.ok(link.up);
  assert.deepEqual(log, ['up', 'destroyed', 'down: reset', 'up']);
});

test('one that refuses what it is asked is left, after growing pauses', async () => {
  const { link, server, attempts } = setUp();
  await link.start();
  server.refuses = true;
  for (const pause of [100, 200, 400]) {
    const before = attempts();
    await assert.rejects(link.run(script, [], []), /READONLY/);
    await pass(pause - 50);
    assert.equal(attempts(), before);
    await pass(50);
    assert.equal(attempts(), before + 1);
  }
});

test('one that does not answer holds a request up once, for a quarter of a second, and is given up after two', async () => {
  const { link, server, log } = setUp();
  await link.start();
  server.answers = false;
  const asked = link.ask(script, [], []);
  await pass(200);
  assert.ok(link.up);
  await pass(100);
  assert.equal(await asked, undefined);
  assert.equal(link.up, false);
  assert.equal(await link.ask(script, [], []), undefined, 'at once');
  assert.deepEqual(log, ['up', 'down: It did not answer within 250 ms.']);
  await pass(2_100);
  assert.equal(log[2], 'destroyed');
});

test('one that was only slow is taken back', async () => {
  const { link, server, log } = setUp();
  await link.start();
  server.answers = false;
  const asked = link.ask(script, [], []);
  server.answers = true;
  await pass(300);
  assert.equal(await asked, undefined);
  assert.deepEqual([link.up, log], [true, ['up', 'down: It did not answer within 250 ms.', 'up']]);
});

test('a connection that is dead without saying so is found out while nobody asks', async () => {
  const { link, server, log } = setUp();
  await link.start();
  server.answers = false;
  await pass(7_200);
  assert.deepEqual(log.slice(1, 3), ['destroyed', 'down: There was no answer within 2000 ms.']);
});
