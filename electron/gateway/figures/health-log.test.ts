import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fresh, type Health } from '../pool/health.ts';
import { storedToken } from '../pool/testing.ts';
import { HealthLog } from './health-log.ts';
import { noon, setUp } from './testing/setting.ts';

const minute = 60_000;
const health = (state: Health['state'], ago: number, until: number | null = null): Health => ({
  ...fresh,
  state,
  since: noon - ago * minute,
  until: until === null ? null : noon + until * minute,
});

test('changes are kept over restarts, each once; a token that was always well leaves no trace', () => {
  const { database } = setUp();
  const token = storedToken('zai', 'Z1');
  const others = [storedToken('zai', 'Z2')];
  const log = new HealthLog(database);
  const states = [health('ready', 9), health('cooling', 8, 1), health('ready', 4), health('invalid', 2)];
  for (const state of states) {
    token.health = state;
    for (let again = 0; again < 3; again++) log.note('zai', [token, ...others], noon);
  }
  new HealthLog(database).note('zai', [token, ...others], noon + minute);
  assert.deepEqual(
    [...new HealthLog(database).read(noon - 60 * minute)],
    [
      [
        'zai/Z1',
        [
          { state: 'cooling', since: noon - 8 * minute, until: noon + minute },
          { state: 'idle', since: noon - 4 * minute, until: null },
          { state: 'invalid', since: noon - 2 * minute, until: null },
        ],
      ],
    ],
  );
});

test('what is older than a month goes', () => {
  const { database } = setUp();
  const log = new HealthLog(database);
  const token = storedToken('zai', 'Z1', { health: health('cooling', 40 * 24 * 60) });
  log.note('zai', [token], noon);
  token.health = health('degraded', 1);
  log.note('zai', [token], noon);
  assert.deepEqual(
    [...log.read(0).values()].flat().map(({ state }) => state),
    ['degraded'],
  );
});
