import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sessions } from './sessions.ts';

function setUp(password: string | null = 'correct horse') {
  let now = 0;
  return { sessions: new Sessions(password, () => now), pass: (ms: number) => (now += ms) };
}

test('a code signs in once, within fifteen minutes', () => {
  const { sessions, pass } = setUp();
  const code = sessions.createCode();
  const signedIn = sessions.signIn({ code });
  assert.ok(signedIn.ok && sessions.isSignedIn(signedIn.session));
  assert.equal(sessions.signIn({ code }).ok, false);
  const late = sessions.createCode();
  pass(15 * 60_000);
  assert.equal(sessions.signIn({ code: late }).ok, false);
});

test('the password signs in; without one set no password does', () => {
  assert.equal(setUp().sessions.signIn({ password: 'correct horse' }).ok, true);
  assert.equal(setUp().sessions.signIn({ password: 'wrong' }).ok, false);
  assert.equal(setUp(null).sessions.signIn({ password: '' }).ok, false);
});

test('another length of sessions counts for those that have begun', () => {
  let now = 0;
  let hours = 720;
  const sessions = new Sessions(
    'correct horse',
    () => now,
    () => hours * 3_600_000,
  );
  const signedIn = sessions.signIn({ password: 'correct horse' });
  assert.ok(signedIn.ok);
  now = 24 * 3_600_000;
  assert.equal(sessions.list().sessions.length, 1);
  hours = 12;
  assert.equal(sessions.list().sessions.length, 0);
  assert.equal(sessions.isSignedIn(signedIn.session), false);
});

test('a session ends by signing out and after twelve hours', () => {
  const { sessions, pass } = setUp();
  const [first, second] = [
    sessions.signIn({ password: 'correct horse' }),
    sessions.signIn({ password: 'correct horse' }),
  ];
  assert.ok(first.ok && second.ok);
  sessions.signOut(first.session);
  assert.deepEqual([sessions.isSignedIn(first.session), sessions.isSignedIn(second.session)], [false, true]);
  pass(12 * 60 * 60_000);
  assert.equal(sessions.isSignedIn(second.session), false);
  assert.equal(sessions.isSignedIn('made-up'), false);
});

test('guessing is slowed down, also for the right password, each address by itself', () => {
  const { sessions, pass } = setUp();
  for (let at = 0; at < 4; at++) assert.deepEqual(sessions.signIn({ password: 'x' }), { ok: false, waitMs: 0 });
  assert.deepEqual(sessions.signIn({ password: 'x' }), { ok: false, waitMs: 2_000 });
  assert.deepEqual(sessions.signIn({ password: 'correct horse' }), { ok: false, waitMs: 2_000 });
  pass(2_000);
  assert.deepEqual(sessions.signIn({ password: 'x' }), { ok: false, waitMs: 4_000 });
  assert.equal(sessions.signIn({ password: 'correct horse' }, '10.0.0.7').ok, true);
  pass(4_000);
  assert.equal(sessions.signIn({ password: 'correct horse' }).ok, true);
});

test('F131: what a session keeps open is closed when it is signed out, and only that', () => {
  const { sessions } = setUp();
  const [mine, other] = [
    sessions.signIn({ password: 'correct horse' }),
    sessions.signIn({ password: 'correct horse' }),
  ];
  assert.ok(mine.ok && other.ok);
  const closed: string[] = [];
  sessions.whileSignedIn(mine.session, () => closed.push('first feed'));
  sessions.whileSignedIn(mine.session, () => closed.push('second feed'));
  sessions.whileSignedIn(mine.session, () => closed.push('gone before'))();
  sessions.whileSignedIn(other.session, () => closed.push('of another'));
  sessions.signOut(mine.session);
  assert.deepEqual(closed, ['first feed', 'second feed']);
});

test('who is signed in stays so over a restart; who has signed out does not, and nobody with another password', () => {
  const kept = new Map<string, string>();
  let now = 1_000;
  const start = (password: string | null) =>
    new Sessions(
      password,
      () => now,
      () => 3_600_000,
      { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
    );
  const before = start('correct horse');
  const [stays, leaves] = [before.signIn({ code: before.createCode() }), before.signIn({ password: 'correct horse' })];
  assert.ok(stays.ok && leaves.ok);
  before.signOut(leaves.session);
  for (const { session } of [stays, leaves])
    assert.equal([...kept.values()].join('').includes(session), false, 'only its hash is written');

  now += 60_000;
  assert.deepEqual(
    [start('correct horse').isSignedIn(stays.session), start('correct horse').isSignedIn(leaves.session)],
    [true, false],
  );
  assert.equal(start('another one').isSignedIn(stays.session), false);
  assert.equal(start(null).isSignedIn(stays.session), false);
  now += 3_600_000;
  assert.equal(start('correct horse').isSignedIn(stays.session), false, 'no longer than it would have lasted');
  now = 0;
  assert.equal(
    start('correct horse').isSignedIn(stays.session),
    false,
    'a clock that was set back makes none last longer',
  );
});
