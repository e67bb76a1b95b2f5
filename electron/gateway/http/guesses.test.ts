import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Guesses, type Guessing } from './guesses.ts';

function setUp() {
  let now = 1_000_000;
  const noticed: Guessing[] = [];
  const guesses = new Guesses(
    () => now,
    (guessing) => noticed.push(guessing),
  );
  const wrong = (address: string, times: number) =>
    Array.from({ length: times }, () => guesses.wrong(address)).at(-1) ?? 0;
  return { guesses, noticed, wrong, pass: (ms: number) => (now += ms) };
}

test('F124: five wrong ones are nearly free, then the wait grows to a minute', () => {
  const { guesses, pass } = setUp();
  const waits: number[] = [];
  for (let at = 0; at < 12; at++) {
    waits.push(guesses.wrong('10.0.0.5'));
    pass(guesses.wait('10.0.0.5'));
  }
  assert.deepEqual(
    waits.map((ms) => ms / 1_000),
    [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60],
  );
});

test('F124: one address does not slow down another', () => {
  const { guesses, wrong } = setUp();
  wrong('10.0.0.5', 1_000);
  assert.ok(guesses.wait('10.0.0.5') > 0);
  assert.equal(guesses.wait('10.0.0.6'), 0);
});

test('F124: it is told once, whatever comes after', () => {
  const { guesses, noticed, wrong, pass } = setUp();
  wrong('10.0.0.5', 1_000);
  assert.deepEqual(noticed, [{ address: '10.0.0.5', wrong: 5, at: 1_000_000 }]);
  assert.equal(guesses.latest()?.wrong, 1_000);
  pass(10 * 60_000);
  assert.equal(guesses.latest(), null);
});

test('ten quiet minutes make an address as good as new', () => {
  const { guesses, wrong, pass } = setUp();
  wrong('10.0.0.5', 50);
  pass(10 * 60_000);
  assert.equal(guesses.wrong('10.0.0.5'), 0);
});

for (const [one, other, same] of [
  ['2001:db8::1', '2001:db8:0:0:ffff::2', true],
  ['2001:db8:0:1::1', '2001:db8:0:2::1', false],
  ['::1', '::2', true],
  ['fe80::1%eth0', 'fe80::2%eth0', true],
] as const)
  test(`${one} and ${other} are ${same ? 'one network' : 'two networks'}`, () => {
    const { guesses, wrong } = setUp();
    wrong(one, 20);
    assert.equal(guesses.wait(other) > 0, same);
  });

test('ten thousand addresses are remembered, no more: the quietest are forgotten', () => {
  const { guesses, wrong } = setUp();
  wrong('first', 20);
  for (let at = 0; at < 10_000; at++) guesses.wrong(`10.${at}`);
  assert.equal(guesses.wait('first'), 0);
  wrong('last', 20);
  assert.ok(guesses.wait('last') > 0);
});
