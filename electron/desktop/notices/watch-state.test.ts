import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GatewayState, ProviderState, Recovered } from '../../../shared/state.ts';
import { runningState, zai } from '../testing.ts';
import { limits } from './limits.ts';
import type { Notice } from './notice.ts';
import { watchState } from './watch-state.ts';

const minute = 60_000;

/** A watch over states at times of the test's own. */
function watching() {
  let now = 0;
  const told: Notice[] = [];
  const looks: number[] = [];
  const see = watchState({
    clock: () => now,
    once: limits(() => now),
    tell: (notice) => told.push(notice),
    lookAgain: (afterMs) => looks.push(afterMs),
  });
  return {
    told,
    looks,
    see: (at: number, state: Partial<GatewayState>) => {
      now = at;
      see({ ...runningState, ...state });
    },
  };
}

const kinds = (told: readonly Notice[]): string[] => told.map(({ kind }) => kind);
const failed = { status: 'error', error: { code: 'port_in_use', message: '' } } as const;

test('a stop by itself is told each time, and names who has the port', () => {
  const { see, told } = watching();
  see(0, {});
  see(1, { ...failed, portTaken: { port: 8080, owner: { pid: 7, name: 'node' }, next: 8081 } });
  see(2, { ...failed });
  see(3, {});
  see(4, { status: 'error', error: { code: 'listen_failed', message: '' } });
  assert.deepEqual(told, [{ kind: 'port-taken', port: 8080, owner: { pid: 7, name: 'node' } }, { kind: 'stopped' }]);
});

for (const status of ['stopped', 'stopping', 'starting', 'running'] as const) {
  test(`${status} is what the user wanted`, () => {
    const { see, told } = watching();
    see(0, {});
    see(1, { status });
    assert.deepEqual(told, []);
  });
}

const out = (state: ProviderState['state']): Partial<GatewayState> => ({
  providers: [{ ...zai, usable: 0, total: 2, state }],
});

for (const [name, state, guests] of [
  ['guest mode answers', 'guest', true],
  ['nothing answers', 'cooling', false],
] as const) {
  test(`a provider without a usable token for a minute: ${name}; once an hour`, () => {
    const { see, told, looks } = watching();
    see(0, out(state));
    assert.deepEqual(looks, [minute]);
    see(minute - 1, out(state));
    assert.deepEqual(told, []);
    see(minute, out(state));
    see(2 * minute, out(state));
    assert.deepEqual(told, [{ kind: 'provider', name: 'Z.AI', guests, route: '/providers/zai' }]);
    see(3 * minute, {});
    see(4 * minute, out(state));
    see(6 * minute, out(state));
    assert.equal(told.length, 1);
    see(61 * minute, out(state));
    assert.equal(told.length, 2);
  });
}

for (const [name, provider] of [
  ['is switched off', { enabled: false }],
  ['has no token at all', { total: 0 }],
  ['has one left', { usable: 1 }],
] as const) {
  test(`no word of a provider that ${name}`, () => {
    const { see, told } = watching();
    const providers = [{ ...zai, usable: 0, total: 2, ...provider }];
    see(0, { providers });
    see(2 * minute, { providers });
    assert.deepEqual(told, []);
  });
}

test('a provider that comes back within the minute begins anew', () => {
  const { see, told } = watching();
  see(0, out('cooling'));
  see(50_000, {});
  see(55_000, out('cooling'));
  see(70_000, out('cooling'));
  assert.deepEqual(told, []);
});

const guess = (address: string, wrong: number) => ({ guessing: { address, wrong, at: 0 } });

test('wrong keys of another device are told from the fifth on, once an hour for each', () => {
  const { see, told } = watching();
  see(0, guess('192.168.1.23', 4));
  assert.deepEqual(told, []);
  see(1, guess('192.168.1.23', 5));
  see(2, guess('192.168.1.23', 9));
  see(3, guess('192.168.1.24', 6));
  assert.deepEqual(told, [
    { kind: 'wrong-keys', address: '192.168.1.23', wrong: 5 },
    { kind: 'wrong-keys', address: '192.168.1.24', wrong: 6 },
  ]);
  see(61 * minute, guess('192.168.1.23', 12));
  assert.equal(told.length, 3);
});

test("a program of this computer that has the wrong key is the user's own", () => {
  const { see, told } = watching();
  see(0, guess('127.0.0.1', 50));
  assert.deepEqual(told, []);
});

test('what had to be recovered is told once', () => {
  const one: Recovered = {
    what: 'settings',
    at: 1,
    keptAs: 'x',
    from: 'backup',
    backup: 0,
    tokens: null,
    settings: [],
  };
  const { see, told } = watching();
  see(0, { recovered: [one] });
  see(1, { recovered: [one] });
  see(2, { recovered: [one, { ...one, what: 'database' }] });
  assert.deepEqual(kinds(told), ['recovered', 'recovered']);
});
