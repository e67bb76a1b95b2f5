import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Token } from '../../../../shared/token.ts';
import { inOrder, nextOrder, type TokenOrder } from './token-order.ts';

const token = (alias: string, change: Partial<Token>): Token => ({
  id: alias,
  provider: 'zai',
  alias,
  fingerprint: '#000000',
  role: 'user',
  account: null,
  state: 'ready',
  reason: null,
  reasonCode: null,
  evidence: null,
  since: null,
  until: null,
  endsAt: null,
  enabled: true,
  weight: 1,
  priority: 1,
  failures: 0,
  ok: 0,
  failed: 0,
  inFlight: 0,
  lastUsedAt: null,
  createdAt: 0,
  external: false,
  ...change,
});
const tokens = [
  token('Z10', { ok: 5, state: 'invalid', endsAt: 9 }),
  token('Z2', { ok: 5, failed: 1, weight: 3 }),
  token('Z1', { ok: 7, state: 'cooling', endsAt: 4 }),
];

for (const [order, wanted] of [
  [null, 'Z10 Z2 Z1'],
  [{ by: 'alias', down: false }, 'Z1 Z2 Z10'],
  [{ by: 'alias', down: true }, 'Z10 Z2 Z1'],
  [{ by: 'counts', down: false }, 'Z10 Z2 Z1'],
  [{ by: 'state', down: false }, 'Z2 Z1 Z10'],
  [{ by: 'weight', down: true }, 'Z2 Z10 Z1'],
  [{ by: 'endsAt', down: false }, 'Z1 Z10 Z2'],
  [{ by: 'lastUsed', down: false }, 'Z10 Z2 Z1'],
] satisfies [TokenOrder | null, string][])
  test(`tokens ${order === null ? 'as they were added' : `by ${order.by}${order.down ? ', downwards' : ''}`}`, () => {
    assert.equal(
      inOrder(tokens, order)
        .map(({ alias }) => alias)
        .join(' '),
      wanted,
    );
  });

test('a heading pressed again turns the order round, then gives it up', () => {
  const up = nextOrder(null, 'alias');
  assert.deepEqual(up, { by: 'alias', down: false });
  const down = nextOrder(up, 'alias');
  assert.deepEqual(down, { by: 'alias', down: true });
  assert.equal(nextOrder(down, 'alias'), null);
  assert.deepEqual(nextOrder(down, 'state'), { by: 'state', down: false });
});
