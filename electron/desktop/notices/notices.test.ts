import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exchange } from '../../../shared/exchange.ts';
import { Token } from '../../../shared/token.ts';
import { english } from '../texts.en.ts';
import { chinese } from '../texts.zh-CN.ts';
import { errorRate } from './error-rate.ts';
import { type Notice, routeOf } from './notice.ts';
import { toldIn, watchEndings } from './watch-endings.ts';
import { TokenWatch } from './watch-tokens.ts';
import { wordsOf } from './words.ts';

const token = (id: string, state: Token['state']): Token =>
  Token.parse({
    id,
    provider: 'zai',
    alias: id.toUpperCase(),
    fingerprint: '#000000',
    role: 'user',
    account: null,
    state,
    reason: null,
    reasonCode: null,
    evidence: null,
    since: null,
    until: null,
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
    endsAt: null,
  });

test('tokens that become invalid are told together; those that were so before are not', async () => {
  let tokens = [token('z1', 'invalid'), token('z2', 'ready'), token('z3', 'ready')];
  const told: Notice[] = [];
  const due: (() => void)[] = [];
  const watch = new TokenWatch({
    list: async () => tokens,
    nameOf: () => 'Z.AI',
    tell: (notice) => told.push(notice),
    later: (run) => () => due.push(run),
    also() {},
  });
  await watch.look('zai');
  assert.equal(due.length, 0);
  tokens = [token('z1', 'invalid'), token('z2', 'invalid'), token('z3', 'ready')];
  await watch.look('zai');
  tokens = tokens.map(({ id }) => token(id, 'invalid'));
  await watch.look('zai');
  for (const run of due) run();
  assert.deepEqual(told, [{ kind: 'tokens', aliases: ['Z2', 'Z3'], name: 'Z.AI', route: '/providers/zai' }]);
  await watch.look('zai');
  assert.equal(due.length, 2, 'what has been told is old');
});

let next = 0;
/** So many requests that have ended; `errorRate` looks at nothing else of them. */
const ended = (count: number, outcome: Exchange['outcome'], purpose: Exchange['purpose'] = null): Exchange[] =>
  Array.from({ length: count }, () => {
    next += 1;
    return {
      id: String(next), receivedAt: 0, dialect: 'openai-chat', clientKey: null, client: '', model: '', resolvedModel: null,
      provider: null, stream: false, test: false, purpose, replayOf: null, outcome, status: null, finishReason: null,
      attempts: [], warnings: [], usage: null, failure: null, leased: null, connected: null, headers: null, firstEvent: null,
      firstToken: null, lastToken: null, closed: null, characters: 0,
    }; // prettier-ignore
  });

for (const [name, exchanges, percent] of [
  ['every fourth fails', [...ended(15, 'ok'), ...ended(5, 'failed')], 25],
  ['every fifth fails', [...ended(16, 'ok'), ...ended(4, 'failed')], null],
  ['there are too few to tell', ended(19, 'failed'), null],
  ['clients have left', ended(40, 'cancelled'), null],
  ['they are still running', ended(40, 'active'), null],
  ['they were checks of our own', ended(40, 'failed', 'radar'), null],
] as const) {
  test(`the error rate when ${name}`, () => assert.equal(errorRate(() => 0)(exchanges), percent));
}

test('the error rate counts a request once, and for five minutes', () => {
  let now = 0;
  const rate = errorRate(() => now);
  const failures = ended(10, 'failed');
  assert.equal(rate(failures), null);
  assert.equal(rate(failures), null, 'the same ones again');
  now = 5 * 60_000;
  assert.equal(rate(ended(10, 'failed')), null, 'the first ten are too old');
  assert.equal(rate(ended(10, 'failed')), 100);
});

const notices: { [K in Notice['kind']]: Extract<Notice, { kind: K }> } = {
  'port-taken': { kind: 'port-taken', port: 8080, owner: { pid: 4120, name: 'node' } },
  stopped: { kind: 'stopped' },
  provider: { kind: 'provider', name: 'Z.AI', guests: true, route: '/providers/zai' },
  tokens: { kind: 'tokens', aliases: ['Z1', 'Z2', 'Z3', 'Z4', 'Z5'], name: 'Z.AI', route: '/providers/zai' },
  ending: { kind: 'ending', aliases: ['Z1'], name: 'Z.AI', route: '/providers/zai' },
  'wrong-keys': { kind: 'wrong-keys', address: '192.168.1.23', wrong: 5 },
  recovered: { kind: 'recovered', what: 'database' },
  errors: { kind: 'errors', percent: 35 },
  update: { kind: 'update', version: '1.2.3' },
  'update-failed': { kind: 'update-failed' },
};

for (const notice of Object.values(notices)) {
  test(`${notice.kind} is said in both languages and leads somewhere`, () => {
    const [en, zh] = [wordsOf(notice, english), wordsOf(notice, chinese)];
    for (const text of [en.title, en.body]) assert.match(text, /^[^\p{Script=Han}]+$/u);
    for (const text of [zh.body]) assert.match(text, /\p{Script=Han}/u);
    assert.notEqual(en.title, zh.title);
    assert.match(routeOf(notice), /^\//);
  });
}

for (const [name, notice, said] of [
  ['who has the port', notices['port-taken'], 'Port 8080 is used by node (pid 4120).'],
  ['that nobody knows who has it', { ...notices['port-taken'], owner: null }, 'Port 8080 is used by another program.'],
  ['what answers instead', notices.provider, 'Guest mode is answering.'],
  ['from where', notices['wrong-keys'], '192.168.1.23 has tried 5 wrong keys.'],
] as const) {
  test(`a notice says ${name}`, () => assert.equal(wordsOf(notice, english).body, said));
}

test('of many tokens a notice names three and counts all', () => {
  assert.deepEqual(wordsOf(notices.tokens, english), {
    title: 'Z.AI rejects 5 tokens',
    body: 'Z1, Z2, Z3, …: not used any more. Replace or remove them.',
  });
  assert.equal(wordsOf({ ...notices.tokens, aliases: ['Z1'] }, english).title, 'Z.AI rejects a token');
});

const hourMs = 3_600_000;

/** Tokens of the second start are looked at with what the first has kept. */
function endings(shown = true) {
  const kept = new Map<string, unknown>();
  const told: Notice[] = [];
  const see = (...tokens: Token[]): void => {
    const store = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
    };
    const tell = (notice: Notice): boolean => (shown && told.push(notice), shown);
    watchEndings({ told: toldIn(store), clock: () => 0, nameOf: () => 'Z.AI', tell })('zai', tokens);
  };
  return { told, see, kept };
}

test('tokens that end within two days are told once, also across starts', () => {
  const { told, see } = endings();
  const soon = { ...token('z1', 'ready'), endsAt: 47 * hourMs };
  see(soon, { ...token('z2', 'ready'), endsAt: 49 * hourMs });
  see(soon);
  assert.deepEqual(told, [{ kind: 'ending', aliases: ['Z1'], name: 'Z.AI', route: '/providers/zai' }]);
});

for (const [name, change] of [
  ['ends later', { endsAt: 49 * hourMs }],
  ['has ended', { endsAt: -1 }],
  ['does not say', { endsAt: null }],
  ['is switched off', { endsAt: 1, enabled: false }],
  ['is invalid anyway', { endsAt: 1, state: 'invalid' as const }],
] as const) {
  test(`no word of a token that ${name}`, () => {
    const { told, see } = endings();
    see({ ...token('z1', 'ready'), ...change });
    assert.deepEqual(told, []);
  });
}

test('what could not be shown is told another time', () => {
  const { see, kept } = endings(false);
  see({ ...token('z1', 'ready'), endsAt: 1 });
  assert.deepEqual([...kept], []);
});
