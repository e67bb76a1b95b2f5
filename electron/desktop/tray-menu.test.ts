import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MenuItemConstructorOptions } from 'electron';
import { type ClientKey, noLimits } from '../../shared/client-key.ts';
import type { GatewayState, ProviderState } from '../../shared/state.ts';
import { runningState, zai } from './testing.ts';
import { textsFor } from './texts.ts';
import { type TrayActions, type TrayFacts, trayMenu, trayShape, trayTooltip } from './tray-menu.ts';

const english = textsFor('en', []);

const key: ClientKey = {
  id: 'default',
  name: 'default',
  ending: '3f9a',
  copyable: true,
  lockedBy: null,
  scope: 'all',
  createdAt: null,
  lastUsedAt: null,
  requests24h: 0,
  tokens24h: 0,
  clients24h: [],
  expiresAt: null,
  enabled: true,
  limits: noLimits,
  graceUntil: null,
};
const facts: TrayFacts = {
  keys: [
    key,
    { ...key, id: 'k2', name: 'Cursor', ending: '77aa', copyable: false },
    { ...key, id: 'k3', enabled: false },
  ],
  lan: ['http://192.168.1.5:8080'],
  update: { kind: 'none' },
};

/** The menu with a list of what its items did. */
function menu(state: GatewayState, texts = english, known = facts) {
  const did: unknown[][] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      did.push([name, ...args]);
  const actions: TrayActions = {
    copyText: note('copyText'),
    copyEnvironment: note('copyEnvironment'),
    copyKey: note('copyKey'),
    setGuestMode: note('setGuestMode'),
    pause: note('pause'),
    start: note('start'),
    stop: note('stop'),
    restart: note('restart'),
    open: note('open'),
    selfTest: note('selfTest'),
    copyReport: note('copyReport'),
    openLogs: note('openLogs'),
    resetWindow: note('resetWindow'),
    update: note('update'),
    quit: note('quit'),
  };
  const items = trayMenu({ state, facts: known, texts, actions }, 1_000_000);
  const below = items.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  const all = items.concat(below);
  const item = (id: string): MenuItemConstructorOptions => {
    const found = all.find((candidate) => candidate.id === id);
    assert.ok(found, `no item ${id}`);
    return found;
  };
  // The arguments of a click are Electron's; our items use none of them.
  const click = (id: string) => Reflect.apply(item(id).click ?? assert.fail(`${id} does nothing`), undefined, []);
  return { all, item, click, did };
}

const withZai = (change: Partial<ProviderState>): GatewayState => ({
  ...runningState,
  providers: [{ ...zai, ...change }],
});

test('says where it listens and how each provider is', () => {
  const { item } = menu(runningState);
  assert.equal(item('state').label, '● Running on 127.0.0.1:8080');
  assert.equal(item('state').enabled, false);
  assert.equal(item('provider-zai').label, 'Z.AI  ✓ 5 of 6 ready');
  assert.equal(item('provider-local').label, 'Local  ✓ ready');
  assert.equal(trayTooltip(runningState, english), 'Running · 127.0.0.1:8080 · 2/2 ready');
});

test('each item does its one thing', () => {
  const { click, did } = menu(runningState);
  const expected: Record<string, unknown[]> = {
    'copy-openai': ['copyText', 'http://127.0.0.1:8080/v1'],
    'copy-anthropic': ['copyText', 'http://127.0.0.1:8080'],
    'copy-lan-0': ['copyText', 'http://192.168.1.5:8080/v1'],
    'copy-env-sh': ['copyEnvironment', 'sh'],
    'copy-env-fish': ['copyEnvironment', 'fish'],
    'copy-env-powershell': ['copyEnvironment', 'powershell'],
    'copy-env-cmd': ['copyEnvironment', 'cmd'],
    'copy-key-default': ['copyKey', 'default'],
    'provider-zai': ['open', '/providers/zai'],
    'pause-guests-zai': ['setGuestMode', 'zai', false],
    pause: ['pause', true],
    restart: ['restart'],
    stop: ['stop'],
    open: ['open'],
    logs: ['open', '/logs'],
    test: ['open', '/test'],
    settings: ['open', '/settings'],
    'self-test': ['selfTest'],
    'copy-report': ['copyReport'],
    'open-logs': ['openLogs'],
    'reset-window': ['resetWindow'],
    quit: ['quit'],
  };
  for (const id of Object.keys(expected)) click(id);
  assert.deepEqual(did, Object.values(expected));
});

test('keys are told apart by name and ending; only those whose value is kept can be copied', () => {
  const { item, all } = menu(runningState);
  assert.equal(item('copy-key-default').label, 'Default  …3f9a');
  assert.equal(item('copy-key-default').enabled, true);
  assert.equal(item('copy-key-k2').label, 'Cursor  …77aa');
  assert.equal(item('copy-key-k2').enabled, false);
  assert.ok(all.every(({ id }) => id !== 'copy-key-k3'));
});

test('addresses of the network are there only when other computers may connect', () => {
  assert.equal(menu(runningState).item('copy-lan-0').label, 'LAN  192.168.1.5:8080');
  assert.equal(menu(runningState, english, { ...facts, lan: [] }).item('copy-lan').enabled, false);
});

test('a pause is told in menu, tooltip and shape, and is taken back by the same item', () => {
  const paused = { ...runningState, paused: true };
  const { item, click, did } = menu(paused);
  assert.equal(item('state').label, '◍ Paused');
  assert.equal(item('pause').checked, true);
  click('pause');
  assert.deepEqual(did, [['pause', false]]);
  assert.match(trayTooltip(paused, english), /^Paused · /);
  assert.equal(trayShape(paused), 'stopped');
});

test('no two items share an id', () => {
  const ids = menu(runningState).all.flatMap(({ id }) => id ?? []);
  assert.equal(new Set(ids).size, ids.length);
});

const lines: [change: Partial<ProviderState>, line: string][] = [
  [{ state: 'guest', usable: 0, total: 0 }, 'Z.AI  ✓ guest only'],
  [{ state: 'cooling', until: 1_042_000 }, 'Z.AI  ⏱ cooling 0:42'],
  [{ state: 'cooling', until: 1_600_500 }, 'Z.AI  ⏱ cooling 10:01'],
  [{ state: 'cooling', until: null }, 'Z.AI  ⏱ cooling'],
  [{ state: 'cooling', until: 999_000 }, 'Z.AI  ⏱ cooling'],
  [{ state: 'needs-token' }, 'Z.AI  ! needs a token'],
  [{ state: 'off', enabled: false }, 'Z.AI  – off'],
];
for (const [change, line] of lines) {
  test(line, () => assert.equal(menu(withZai(change)).item('provider-zai').label, line));
}

test('guest mode is a checkbox that says paused', () => {
  assert.equal(menu(runningState).item('pause-guests-zai').checked, false);
  const paused = menu(withZai({ guestMode: false }));
  assert.equal(paused.item('pause-guests-zai').checked, true);
  paused.click('pause-guests-zai');
  assert.deepEqual(paused.did, [['setGuestMode', 'zai', true]]);
});

const at = (status: GatewayState['status']) => menu({ ...runningState, status, inFlight: 2 });

test('the server item follows the status', () => {
  assert.equal(at('stopped').item('start').enabled, true);
  assert.equal(at('stopped').item('state').label, '○ Stopped');
  assert.equal(at('starting').item('start').enabled, false);
  assert.equal(at('stopping').item('stop').enabled, false);
  assert.equal(at('stopping').item('state').label, '◌ Stopping (2 finishing)');
  assert.equal(at('error').item('start').enabled, true);
});

const failed = (code: string): GatewayState => ({ ...runningState, status: 'error', error: { code, message: '…' } });

test('a taken port is named; another fault is not guessed at', () => {
  assert.equal(menu(failed('port_in_use')).item('state').label, '▲ Port 8080 is in use');
  assert.equal(menu(failed('other')).item('state').label, '▲ Cannot start');
});

test('there is no key to copy where none is needed', () => {
  assert.equal(menu({ ...runningState, keyRequired: false }).item('copy-key').enabled, false);
});

test('an IPv6 address is written as in a URL', () => {
  assert.equal(menu({ ...runningState, host: '::1' }).item('state').label, '● Running on [::1]:8080');
});

test('speaks Chinese when chosen, or when the system does', () => {
  for (const texts of [
    textsFor('zh-CN', ['en-US']),
    textsFor('system', ['zh-Hans-CN', 'en']),
    textsFor('system', ['de', 'zh-TW']),
  ]) {
    assert.equal(menu(runningState, texts).item('quit').label, '退出');
  }
  for (const texts of [textsFor('en', ['zh-CN']), textsFor('system', ['de']), textsFor('system', [])]) {
    assert.equal(menu(runningState, texts).item('quit').label, 'Quit');
  }
});

const shapes: [state: GatewayState, shape: string][] = [
  [runningState, 'running'],
  [withZai({ state: 'guest' }), 'running'],
  [withZai({ state: 'cooling' }), 'degraded'],
  [withZai({ state: 'needs-token' }), 'attention'],
  [withZai({ state: 'off', enabled: false }), 'running'],
  [{ ...runningState, status: 'error' }, 'attention'],
  [{ ...runningState, status: 'starting' }, 'starting'],
  [{ ...runningState, status: 'stopping' }, 'stopped'],
  [{ ...runningState, status: 'stopped' }, 'stopped'],
];
for (const [state, shape] of shapes) {
  test(`${state.status}, ${state.providers[0]?.state}: ${shape}`, () => assert.equal(trayShape(state), shape));
}

for (const [kind, label, enabled] of [
  ['offered', 'Load update 2.0.0', true],
  ['loading', 'Loading update 2.0.0', false],
  ['ready', 'Restart and update to 2.0.0', true],
  ['waiting', 'Updates to 2.0.0 when nothing is being answered', true],
] as const) {
  test(`an update that is ${kind} has an item of its own`, () => {
    const { item, click, did } = menu(runningState, english, { ...facts, update: { kind, version: '2.0.0' } });
    assert.equal(item('update').label, label);
    assert.equal(item('update').enabled, enabled);
    click('update');
    assert.deepEqual(did, [['update']]);
  });
}

test('without an update there is no such item', () => {
  assert.ok(menu(runningState).all.every(({ id }) => id !== 'update'));
});
