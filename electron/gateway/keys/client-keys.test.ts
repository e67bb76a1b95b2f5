import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { type KeyLimits, noLimits } from '../../../shared/client-key.ts';
import { openDatabase } from '../storage/database.ts';
import { createSealer } from '../storage/sealer.ts';
import { createSecrets } from '../storage/secrets.ts';
import { mayUse, usable } from './allowed-models.ts';
import { ClientKeys } from './client-keys.ts';
import { type FixedKey, fixedKeys } from './fixed-keys.ts';
import { randomClientKey } from './record.ts';
import { createKeyStore } from './store.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-keys-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 0, 1, 12);
const refused = { code: 'invalid_api_key' };
const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
const outside = (name: string, value: string, more: Partial<FixedKey> = {}): FixedKey => ({
  name,
  value,
  scope: 'all',
  by: name,
  isDefault: false,
  ...more,
});

/** Keys over a database of their own, with a clock that only the test moves. `again` opens them anew. */
function setup(fixed: readonly FixedKey[] = [], required = true) {
  const database = openDatabase(mkdtempSync(path.join(folder, 'db-')));
  const running = new Map<string, AbortController>();
  const time = { now: noon };
  const make = () =>
    new ClientKeys({
      store: createKeyStore(database),
      secrets: createSecrets(database, createSealer(Buffer.alloc(32, 7))),
      fixed,
      required: () => required,
      running,
      clock: () => time.now,
      changed: () => {},
      unsaved: (error) => assert.fail(String(error)),
    });
  const limited = (limits: Partial<KeyLimits>) => {
    const keys = make();
    const { key, value } = keys.create({
      name: `k${Math.random()}`,
      expiresAt: null,
      limits: { ...noLimits, ...limits },
    });
    const holder = keys.identify(bearer(value), 'openai');
    assert.ok(holder);
    let requests = 0;
    const ask = () => keys.admit(holder, `r${++requests}`, 'test');
    return { keys, key, value, holder, ask };
  };
  return { keys: make(), again: make, running, time, database, limited };
}

describe('who may come in', () => {
  const { keys } = setup([
    outside('AUTH_TOKEN', 'k-one', { isDefault: true }),
    outside('Second', 'k-two'),
    outside('ANTHROPIC_API_KEY', 'k-claude', { scope: 'anthropic' }),
  ]);
  const nameOf = (headers: Record<string, string>, route: 'openai' | 'anthropic' = 'openai') =>
    keys.identify(headers, route)?.record.name;

  test('a key is taken from Authorization or x-api-key, and its name is given', () => {
    assert.equal(nameOf(bearer('k-one')), 'Default');
    assert.equal(nameOf({ authorization: 'bearer   k-two' }), 'Second');
    assert.equal(nameOf({ 'x-api-key': 'k-one' }, 'anthropic'), 'Default');
    assert.equal(nameOf({ ...bearer('k-one'), 'x-api-key': 'k-one' }), 'Default');
  });

  test('missing, wrong and contradicting keys are refused', () => {
    for (const headers of [
      {}, bearer('nope'), { authorization: 'k-one' }, { authorization: 'Bearer ' }, { authorization: '' }, { 'x-api-key': '' },
      { ...bearer('wrong'), 'x-api-key': 'k-one' }, { ...bearer('k-one'), 'x-api-key': 'wrong' }, { ...bearer('k-one'), 'x-api-key': 'k-two' },
    ]) assert.throws(() => keys.identify(headers, 'openai'), refused, JSON.stringify(headers)); // prettier-ignore
  });

  test('the Anthropic key opens the Anthropic routes only', () => {
    assert.equal(nameOf({ 'x-api-key': 'k-claude' }, 'anthropic'), 'ANTHROPIC_API_KEY');
    assert.throws(() => nameOf({ 'x-api-key': 'k-claude' }), refused);
  });

  test('with SKIP_AUTH_TOKEN nothing is asked', () => assert.equal(setup([], false).keys.identify({}, 'openai'), null));

  test('keys from outside are shown locked, and change nowhere else', () => {
    assert.deepEqual(
      keys.list().map(({ lockedBy, copyable }) => [lockedBy, copyable]),
      [['AUTH_TOKEN', true], ['Second', true], ['ANTHROPIC_API_KEY', true]], // prettier-ignore
    );
    for (const { id } of keys.list())
      for (const act of [() => keys.rotate(id, 0), () => keys.revoke(id), () => keys.change(id, { enabled: false })])
        assert.throws(act, { reason: 'fixed' });
  });
});

test('which key from outside is the default: AUTH_TOKEN, else the first of the file', () => {
  const none = { clientKey: null, furtherKeys: ['f'], anthropicKey: null, adminPassword: null, tokens: [] };
  const file = { clientKeys: ['a', 'b'], file: 'gate.yaml' };
  const told = (found: readonly FixedKey[]) => found.map(({ by, value, isDefault }) => [by, value, isDefault]);
  assert.deepEqual(told(fixedKeys({ ...none, clientKey: 't' }, file)), [
    ['AUTH_TOKEN', 't', true], ['gate.yaml', 'a', false], ['gate.yaml', 'b', false], ['AUTH_TOKENS', 'f', false],
  ]); // prettier-ignore
  assert.deepEqual(told(fixedKeys(none, file)), [
    ['gate.yaml', 'a', true], ['gate.yaml', 'b', false], ['AUTH_TOKENS', 'f', false],
  ]); // prettier-ignore
  assert.deepEqual(told(fixedKeys(none, null)), [['AUTH_TOKENS', 'f', false]]);
});

test('made keys are long, url-safe and different', () => {
  assert.match(randomClientKey(), /^sk-local-[\w-]{32}$/);
  assert.notEqual(randomClientKey(), randomClientKey());
});

test('a new key is shown once: the database never holds its value, and it works after a restart', () => {
  const { keys, again, database } = setup();
  const { key, value } = keys.create({ name: 'Cursor', expiresAt: null, limits: null });
  assert.equal(keys.identify(bearer(value), 'openai')?.record.name, 'Cursor');
  assert.equal(key.ending, value.slice(-4));
  assert.ok(!JSON.stringify(database.prepare('SELECT * FROM client_keys').all()).includes(value.slice(9)));
  assert.throws(() => keys.copyable(key.id), { reason: 'key_hidden' });
  assert.equal(again().identify(bearer(value), 'openai')?.record.id, key.id);
});

test('names are told apart, whatever their case', () => {
  const { keys } = setup();
  const { key } = keys.create({ name: 'Cursor', expiresAt: null, limits: null });
  for (const name of ['cursor', 'DEFAULT'])
    assert.throws(() => keys.create({ name, expiresAt: null, limits: null }), { reason: 'key_name_taken' });
  assert.equal(keys.change(key.id, { name: 'CURSOR' }).name, 'CURSOR');
});

test('a key ends when it expires, and rests while it is off', () => {
  const { keys, time } = setup();
  const { key, value } = keys.create({ name: 'k', expiresAt: noon + hour, limits: null });
  assert.ok(keys.identify(bearer(value), 'openai'));
  keys.change(key.id, { enabled: false });
  assert.throws(() => keys.identify(bearer(value), 'openai'), { ...refused, message: /switched off/ });
  keys.change(key.id, { enabled: true });
  time.now += hour;
  assert.throws(() => keys.identify(bearer(value), 'openai'), { ...refused, message: /expired/ });
  keys.change(key.id, { expiresAt: null });
  assert.ok(keys.identify(bearer(value), 'openai'));
});

test('after a change of its value the old one is taken for the grace only', () => {
  for (const grace of [0, 10, 1_440]) {
    const { keys, time, again } = setup();
    const { key, value } = keys.create({ name: 'k', expiresAt: null, limits: null });
    const next = keys.rotate(key.id, grace);
    assert.ok(next.value);
    assert.equal(keys.identify(bearer(next.value), 'openai')?.record.id, key.id);
    const old = () => again().identify(bearer(value), 'openai')?.record.id;
    if (grace === 0) assert.throws(old, refused);
    else assert.equal(old(), key.id);
    assert.equal(next.key.graceUntil, grace === 0 ? null : noon + grace * minute);
    time.now += grace * minute;
    assert.throws(old, refused);
  }
});

test('the default key changes its value but never ends, and can be copied at any time', () => {
  const { keys, again } = setup();
  const before = keys.defaultValue;
  assert.equal(keys.rotate('default', 0).value, null);
  assert.notEqual(keys.defaultValue, before);
  assert.equal(again().copyable('default'), keys.defaultValue);
  assert.throws(() => keys.identify(bearer(before), 'openai'), refused);
  assert.ok(keys.identify(bearer(keys.defaultValue), 'openai'));
  for (const act of [
    () => keys.revoke('default'),
    () => keys.change('default', { enabled: false }),
    () => keys.change('default', { expiresAt: noon }),
  ])
    assert.throws(act, { reason: 'key_default' });
});

test('revoking cuts what is being answered for this key, and nothing else', () => {
  const { running, limited } = setup();
  const { keys, key, value, holder } = limited({});
  const other = keys.identify(bearer(keys.defaultValue), 'openai');
  assert.ok(other);
  for (const [id, by] of [['a', holder], ['b', other], ['c', holder]] as const) {
    running.set(id, new AbortController());
    keys.admit(by, id, 'test');
  } // prettier-ignore
  keys.release('c');
  assert.deepEqual(keys.revoke(key.id), { cut: 1 });
  assert.deepEqual(
    [...running].filter(([, { signal }]) => signal.aborted).map(([id]) => id),
    ['a'],
  );
  assert.throws(() => keys.identify(bearer(value), 'openai'), refused);
  assert.throws(() => keys.revoke(key.id), { reason: 'gone' });
});

test('requests a minute: one more is told how long to wait', () => {
  const { time, limited } = setup();
  const { ask } = limited({ requestsPerMinute: 2 });
  ask();
  time.now += 10_000;
  ask();
  time.now += 10_000;
  assert.throws(ask, { code: 'rate_limit_exceeded', retryAfterMs: 40_000 });
  time.now += 40_000;
  ask();
  assert.throws(ask, { code: 'rate_limit_exceeded', retryAfterMs: 10_000 });
});

test('tokens a day: as the provider counts, else by the length of the answer; hours that are past are free again', () => {
  const { time, limited, again } = setup();
  const { keys, key, ask } = limited({ tokensPerDay: 100 });
  const usage = { inputTokens: 40, outputTokens: 20, totalTokens: null, cachedTokens: null, reasoningTokens: null };
  ask();
  keys.finished({ id: 'r1', usage, characters: 4_000 });
  time.now += hour;
  ask();
  keys.finished({ id: 'r2', usage: null, characters: 158 });
  keys.release('r2');
  keys.finished({ id: 'r2', usage, characters: 1 });
  assert.throws(ask, { code: 'rate_limit_exceeded', retryAfterMs: 23 * hour });
  keys.flush();
  assert.deepEqual(
    again().list().filter(({ id }) => id === key.id).map((seen) => [seen.requests24h, seen.tokens24h, seen.clients24h]),
    [[2, 100, ['test']]],
  ); // prettier-ignore
  time.now += 23 * hour;
  ask();
});

test('a key may use only its models, by either name', () => {
  const { limited } = setup();
  const { holder } = limited({ models: ['GLM-4.6', 'local/*', '*-air*x'] });
  for (const [names, allowed] of [
    [['glm-4.6'], true], [['GLM-4.6-thinking'], false], [['local/echo'], true], [['my-alias', 'local/'], true],
    [['glm-air-x'], true], [['glm-airy'], false], [['-airx'], true], [['local'], false],
  ] as const) assert.equal(mayUse(holder, names), allowed, names.join()); // prettier-ignore
  assert.ok(mayUse(null, ['anything']));
  const named = (id: string) => ({ model: { id } });
  const [other, echo] = [named('other'), named('local/echo')];
  assert.deepEqual(usable(holder, 'asked', [other, echo]), [echo]);
  assert.throws(() => usable(holder, 'asked', [other]), { code: 'model_not_allowed' });
});
