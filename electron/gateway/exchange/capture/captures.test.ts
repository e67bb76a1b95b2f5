import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { BodyMode } from '../../../../shared/capture.ts';
import type { ChatEvent } from '../../chat/events.ts';
import { openDatabase } from '../../storage/database.ts';
import { createSealer } from '../../storage/sealer.ts';
import { createHistory } from '../history.ts';
import { ExchangeRecorder } from '../recorder.ts';
import { createBodyStore } from './body-store.ts';
import { Captures } from './captures.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-captures-'));
after(() => rmSync(folder, { recursive: true }));

interface Wish {
  readonly kilobytes?: number;
  readonly megabytes?: number;
  readonly redact?: readonly string[];
}

function setUp(mode: BodyMode, { kilobytes = 256, megabytes = 64, redact = [] }: Wish = {}) {
  const dataDir = mkdtempSync(path.join(folder, 'db-'));
  const database = openDatabase(dataDir);
  const history = createHistory(database, () => ({ rows: 1_000, days: 90, megabytes: 200 }));
  const store = createBodyStore(database, createSealer(randomBytes(32)), () => megabytes);
  const captures = new Captures({
    mode: () => mode,
    kilobytes: () => kilobytes,
    megabytes: () => megabytes,
    redact: () => redact,
    store,
    unsaved: (error) => assert.fail(String(error)),
  });
  const ask = (id: string, body: unknown, headers: Record<string, string> = {}) =>
    captures.begin(id, { method: 'POST', path: '/v1/chat/completions', headers, body });
  /** One exchange from its beginning to its end. */
  const whole = (id: string, body: unknown, events: readonly ChatEvent[] = [], outcome: 'ok' | 'failed' = 'ok') => {
    const start = { id, dialect: 'openai-chat', clientKey: null, client: 'c', model: 'm', stream: true } as const;
    const recorder = new ExchangeRecorder(start, () => {});
    ask(id, body)?.events(events);
    recorder.close(outcome, outcome === 'ok' ? 200 : 502);
    captures.finished(recorder.record, {});
    history.save([recorder.record]);
    return recorder.record;
  };
  return { captures, store, history, ask, whole, dataDir, database };
}

const text = (said: string): ChatEvent => ({ type: 'text', text: said });

test('what was asked and answered can be read, also while it is being answered', () => {
  const { captures, ask } = setUp('memory');
  const capture = ask('a', { model: 'm', messages: [{ role: 'user', content: 'Hi' }] }, { 'content-length': '70' });
  capture?.events([{ type: 'reasoning', text: 'Hm.' }]);
  capture?.events([
    text('Hel'),
    text('lo'),
    { type: 'tool-call-start', index: 0, id: 'c1', name: 'look' },
    { type: 'tool-call-delta', index: 0, arguments: '{"a":' },
    { type: 'tool-call-delta', index: 0, arguments: '1}' },
    { type: 'verbatim', text: 'data: {}' },
    { type: 'finish', reason: 'stop' },
  ]);
  const { mode, captured } = captures.bodies('a');
  assert.equal(mode, 'memory');
  assert.deepEqual(JSON.parse(captured?.request.body ?? ''), {
    model: 'm',
    messages: [{ role: 'user', content: 'Hi' }],
  });
  assert.equal(captured?.request.size, 70);
  assert.deepEqual(captured?.response.calls, [{ id: 'c1', name: 'look', arguments: '{"a":1}' }]);
  assert.deepEqual([captured?.response.text, captured?.response.reasoning], ['Hello', 'Hm.']);
  assert.deepEqual(
    captured?.events.map((event) => `${event.type} ${event.text}`),
    [
      'reasoning Hm.',
      'text Hel',
      'text lo',
      'tool-call-start look',
      'tool-call-delta {"a":',
      'tool-call-delta 1}',
      'finish stop',
    ],
  );
});

test('each mode keeps what its name says, and the disk only what belongs there', () => {
  const expected: Record<BodyMode, { seen: string; onDisk: string }> = {
    off: { seen: '', onDisk: '' },
    memory: { seen: 'ab', onDisk: '' },
    errors: { seen: 'ab', onDisk: 'b' },
    all: { seen: 'ab', onDisk: 'ab' },
  };
  for (const mode of ['off', 'memory', 'errors', 'all'] as const) {
    const { captures, store, whole } = setUp(mode);
    whole('a', { n: 1 });
    whole('b', { n: 2 }, [], 'failed');
    const ids = (read: (id: string) => unknown) => ['a', 'b'].filter((id) => read(id) !== null).join('');
    assert.equal(
      ids((id) => captures.bodies(id).captured),
      expected[mode].seen,
      mode,
    );
    captures.close();
    assert.equal(
      ids((id) => store.get(id)),
      expected[mode].onDisk,
      mode,
    );
  }
});

test('in memory are the last fifty, however many come', () => {
  const { captures, whole } = setUp('memory');
  for (let at = 0; at < 200; at++) whole(`r${at}`, { at });
  assert.equal(captures.bodies('r149').captured, null);
  assert.notEqual(captures.bodies('r150').captured, null);
});

test('those that never end do not keep the memory of later ones', () => {
  const { captures, ask } = setUp('memory');
  for (let at = 0; at < 120; at++) ask(`r${at}`, { at })?.events([text('word')]);
  assert.equal(captures.bodies('r0').captured, null);
  assert.equal(captures.bodies('r119').captured?.response.text, 'word');
});

test('all together hold no more than the setting says', () => {
  const { captures, ask } = setUp('memory', { megabytes: 1, kilobytes: 512 });
  const capture = ask('first', {});
  for (let at = 0; at < 9; at++) ask(`r${at}`, {}, { 'content-length': '100000' });
  capture?.events([text('x'.repeat(200_000))]);
  assert.equal(captures.bodies('first').captured, null, 'the oldest goes');
  assert.notEqual(captures.bodies('r8').captured, null);
});

test('a long body and a long answer are cut, and it is said', () => {
  const { captures, ask } = setUp('memory', { kilobytes: 16 });
  const messages = [
    { role: 'user', content: 'q'.repeat(40_000) },
    { role: 'user', content: 'last' },
  ];
  const capture = ask('a', { model: 'm', messages });
  for (let at = 0; at < 30; at++) capture?.events([text('a'.repeat(1_000))]);
  const { captured } = captures.bodies('a');
  assert.ok(captured?.request.cut && captured.response.cut);
  assert.ok(captured.request.body.length < 17_000 && captured.response.text.length === 16_000);
  assert.match(JSON.parse(captured.request.body).messages[0].content, /q… \[\d+ characters left out\]$/);
  assert.equal(captured.eventsLeftOut, 13);
});

const canary = 'CANARY7f3a9c55b2';

test('no secret of headers, fields, texts or arguments is kept, wherever pieces were cut', () => {
  const { captures, ask } = setUp('memory', { redact: ['x-tenant', '$.metadata.user_id', '$.messages[*].name'] });
  const capture = ask(
    'a',
    {
      api_key: canary,
      nested: [{ Password: canary, deep: { access_token: canary } }],
      metadata: { user_id: canary, plan: 'free' },
      messages: [{ role: 'user', name: canary, content: `my key is sk-${canary}, do not tell` }],
      'x-tenant': canary,
    },
    {
      authorization: `Bearer ${canary}`,
      'x-api-key': canary,
      cookie: `a=${canary}`,
      'x-tenant': canary,
      'x-other': `Bearer ${canary}`,
      'user-agent': 'curl/8',
    },
  );
  for (const piece of [`use sk-`, canary.slice(0, 5), canary.slice(5), ' then stop']) capture?.events([text(piece)]);
  capture?.events([
    { type: 'reasoning', text: `Bearer ${canary}` },
    { type: 'tool-call-start', index: 0, id: 'c', name: 'login' },
    { type: 'tool-call-delta', index: 0, arguments: `{"password":"${canary.slice(0, 4)}` },
    { type: 'tool-call-delta', index: 0, arguments: `${canary.slice(4)}","user":"me"}` },
  ]);
  const { captured } = captures.bodies('a');
  const seen = JSON.stringify(captured);
  for (const part of [canary, canary.slice(0, 6), canary.slice(6)]) assert.ok(!seen.includes(part), seen);
  assert.equal(captured?.response.text, 'use [key] then stop');
  assert.deepEqual(captured?.response.calls[0]?.arguments, '{"password":"[redacted]","user":"me"}');
  assert.ok(seen.includes('curl/8') && seen.includes('free'));
  assert.ok((captured?.redacted ?? 0) >= 12);
});

test('on disk a body is sealed, leaves with its row, and all together stay below the limit', () => {
  const { captures, store, history, whole, dataDir, database } = setUp('all', { megabytes: 1, kilobytes: 512 });
  whole('a', { prompt: 'PLAINWORDS' });
  captures.close();
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  for (const file of readdirSync(dataDir))
    assert.ok(!readFileSync(path.join(dataDir, file)).includes('PLAINWORDS'), file);
  assert.equal(JSON.parse(store.get('a')?.request.body ?? '{}').prompt, 'PLAINWORDS');
  history.clear();
  assert.equal(store.get('a'), null);

  for (let at = 0; at < 40; at++) {
    whole(`r${at}`, { text: 'x'.repeat(100_000) });
    captures.close();
  }
  assert.equal(store.get('r0'), null);
  assert.notEqual(store.get('r39'), null);
  assert.ok(Number(database.prepare('SELECT sum(size) AS n FROM bodies').get()?.['n']) <= 1_000_000);
});

test('another key or a moved row opens nothing', () => {
  const { store, captures, whole, database } = setUp('all');
  whole('a', { n: 1 });
  captures.close();
  database.exec("UPDATE bodies SET id = 'b'");
  assert.equal(store.get('b'), null);
});
