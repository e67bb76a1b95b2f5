/** Group J: a window that has been taken over. What Electron itself must keep is in tests/e2e/desktop.spec.ts. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CallName, calls } from '../../shared/contract.ts';
import { createDispatch, type Handlers } from '../../electron/gateway/control/dispatch.ts';
import { isHandingOut } from '../../electron/gateway/control/handed-out.ts';
import { createLog } from '../../electron/gateway/log.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fault } from './fault.ts';

const names = Object.keys(calls) as CallName[];
const hostileKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'id',
  'ids',
  'provider',
  'text',
);
const hostile = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, undefined, true, -1, 0, Number.NaN, Infinity, 1e308, '', '../../x', '\\\\server\\share', 'CON', '\u0000', 'x'.repeat(20_000), 10n, new Date(0), /x/, new Map(), new Uint8Array(9)),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(hostileKey, tie('value')), { maxLength: 4 }).map((entries) => {
      const object: Record<string, unknown> = {};
      for (const [key, value] of entries)
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      return object;
    }),
  ),
})).value; // prettier-ignore

/** Handlers that note whether what they get has the declared shape. */
const wrong: string[] = [];
const handlers = Object.fromEntries(
  names.map((name) => [
    name,
    (input: unknown) => {
      if (!calls[name].input.safeParse(input).success) wrong.push(name);
      return null;
    },
  ]),
) as unknown as Handlers;

test('F161 ten thousand payloads for every call: refused by the schema or exactly as declared, and nothing is polluted', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-fuzz-'));
  const log = createLog(folder, { debug: false, terminal: false });
  const dispatch = createDispatch(handlers, log.logger);
  const payloads = fc.sample(hostile, 10_000);
  const cycle: Record<string, unknown> = {};
  cycle['provider'] = cycle;
  cycle['ids'] = [cycle];
  try {
    for (const name of names)
      for (const input of [...payloads, cycle, 'x'.repeat(50_000_000)]) {
        const answer = await dispatch(name, input);
        assert.ok(answer.ok || answer.error.code === (isHandingOut(name) ? answer.error.code : 'invalid_input'), name);
      }
    for (const name of ['__proto__', 'constructor', 'toString', 'valueOf', '', 'x'.repeat(1_000_000)]) {
      const answer = await dispatch(name, payloads[0]);
      assert.ok(!answer.ok && answer.error.code === 'unknown_call' && answer.error.message.length < 200);
    }
  } finally {
    log.close();
    rmSync(folder, { recursive: true });
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(Object.keys(Object.prototype), []);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
});

const preload = readFileSync(path.join(import.meta.dirname, '../../electron/preload.ts'), 'utf8');

test('F160 the bridge is one call, checked by name in the main process, and one listener', () => {
  assert.deepEqual(
    [...preload.matchAll(/ipcRenderer\.(\w+)\('(\w+)'/g)].map(([, how, channel]) => [how, channel]),
    [
      ['invoke', 'call'],
      ['on', 'event'],
      ['off', 'event'],
    ],
  );
  assert.equal(preload.match(/exposeInMainWorld/g)?.length, 1);
});

/** Calls whose answer may hold a secret, each asked for by name: one token or key at a time, or a file that is saved. */
const handsOver = ['clientKey.copy', 'keys.copy', 'keys.create', 'keys.rotate', 'data.export', 'tokens.copy', 'tokens.reveal', 'tokens.export', 'clients.copy']; // prettier-ignore

test('F163 secrets are handed over by name only, and no list holds one', () => {
  const revealing = names.filter((name) => /reveal|secret|copy|password|export|rotate/i.test(name));
  assert.deepEqual(
    revealing.filter((name) => !handsOver.includes(name)),
    [],
  );
  for (const name of handsOver) assert.ok(name in calls, name);
  const shape = JSON.stringify(calls['tokens.list'].output.toJSONSchema());
  assert.doesNotMatch(shape, /"(?:secret|token|value|password)"/);
  assert.deepEqual(Object.keys(calls['tokens.reveal'].input.shape), ['id'], 'one token at a time');
});

fault('F163', 'P0', 'a stored token is revealed five times a minute at the most, each time with a line in the log', async (t) => {
  const service = await t.service(['ok', 'ok']);
  const [first, second] = await t.tokens(service);
  const asked = [];
  for (let at = 0; at < 20; at++) asked.push(await t.product.tried('tokens.reveal', { id: (at % 2 ? first : second)?.id }));
  assert.deepEqual([asked.filter((why) => why === null).length, asked.filter((why) => why === 'too_often').length], [5, 15]);
  const log = readFileSync(path.join(t.product.dataDir, 'logs/traygate.log'), 'utf8');
  assert.equal(log.match(/a secret was handed out to the window/g)?.length, 5);
  assert.ok(log.includes(first?.id ?? 'none'));
}); // prettier-ignore

test('F166 no call takes a path; that of a setting is its name', () => {
  const taking = names.filter((name) => /"(?:path|file|folder|directory)"/.test(JSON.stringify(calls[name].input.toJSONSchema({ io: 'input', unrepresentable: 'any' })))); // prettier-ignore
  // Theirs is the name of a setting, looked up in a table.
  assert.deepEqual(taking, ['settings.set', 'settings.reset']);
});
