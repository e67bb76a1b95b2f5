import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paced } from './pace.ts';

test('runs at once, then once per pause while it is asked, then not at all', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let runs = 0;
  const pace = paced(1000, () => (runs += 1));
  pace.ask();
  pace.ask();
  pace.ask();
  assert.equal(runs, 1);
  t.mock.timers.tick(999);
  assert.equal(runs, 1);
  t.mock.timers.tick(1);
  assert.equal(runs, 2);
  t.mock.timers.tick(10_000);
  assert.equal(runs, 2);
  pace.ask();
  assert.equal(runs, 3);
});

test('can be asked for later, also from inside a run', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let runs = 0;
  const pace = paced(1000, () => {
    runs += 1;
    if (runs < 4) pace.askLater();
  });
  pace.askLater();
  assert.equal(runs, 0);
  for (let second = 1; second <= 10; second += 1) t.mock.timers.tick(1000);
  assert.equal(runs, 4);
});
