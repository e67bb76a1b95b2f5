import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../../tests/growth.ts';
import type { DiagnosedItem } from '../../../shared/diagnosis.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import { hashOf } from '../pool/token-store.ts';
import { diagnose, type Look } from './diagnose.ts';
import { hostsOf } from './services.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object, alg = 'ES256'): string => `${part({ alg, typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
const seconds = now / 1000;

const look = (provider: ProviderId, more: Partial<Look> = {}): Look => ({
  provider,
  now,
  trusting: false,
  hosts: hostsOf([['https://openrouter.ai/api/v1', 'router']]),
  saved: () => new Map(),
  ...more,
});
function only(text: string, provider: ProviderId = 'zai', more: Partial<Look> = {}): DiagnosedItem {
  const [item, ...others] = diagnose(text, look(provider, more)).items;
  assert.ok(item);
  assert.deepEqual(others, []);
  return item;
}

const ada = jwt({ id: 'u1', email: 'ada@example.com' });
const opaque = 'AgHkqmzJ'.repeat(6);

const found: readonly (readonly [what: string, text: string, at: ProviderId, expected: Partial<DiagnosedItem>])[] = [
  ['a token of Z.AI, with its account', ada, 'zai', { provider: 'zai', kind: 'user', account: 'a•••@e•••.com', expiresAt: null, problem: null }],
  ['a guest of Z.AI', jwt({ id: 'g', email: 'guest-1760000000000@guest.com' }), 'zai', { provider: 'zai', kind: 'guest', account: null, problem: 'guest' }],
  ['a token of K2 Think that ends', jwt({ id: 'u', exp: seconds + 60 }, 'HS256'), 'k2think', { provider: 'k2think', expiresAt: now + 60_000, problem: null }],
  ['one that has ended', jwt({ id: 'u', exp: seconds - 1 }, 'HS256'), 'k2think', { provider: 'k2think', expiresAt: now - 1_000, problem: 'expired' }],
  ['an end that is no time says nothing', jwt({ id: 'u', exp: 'soon' }), 'zai', { expiresAt: null, problem: null }],
  ['another provider’s, by how it is signed', jwt({ id: 'u' }, 'HS256'), 'zai', { provider: 'k2think' }],
  ['the host goes before the signature', `https://chat.z.ai ${jwt({ id: 'u' }, 'HS256')}`, 'k2think', { provider: 'zai' }],
  ['an issuer that is nobody here', jwt({ iss: 'https://accounts.example.com' }), 'zai', { service: 'https://accounts.example.com', problem: 'other-service' }],
  ['LongCat’s cookie', `passport_token_key=${opaque}; a=1`, 'zai', { provider: 'longcat', kind: 'user', place: 'cookie', name: 'passport_token_key' }],
  ['what says nothing is the open provider’s', opaque, 'longcat', { provider: null, kind: 'unknown', problem: null }],
  ['e-mail and password', 'ada@example.com:pa**ss', 'k2think', { provider: 'k2think', kind: 'sign-in', account: 'a•••@e•••.com', problem: null }],
  ['a key of Z.AI’s API', `${'0a'.repeat(16)}.AbCdEf0123456789`, 'zai', { provider: 'zai-api', kind: 'api-key' }],
  ['a variable says whose it is', `LONGCAT_API_KEY=${opaque}`, 'zai', { provider: 'longcat-api', kind: 'api-key' }],
  ['a key of a service that was added', 'sk-or-v1-0123456789abcdef', 'zai', { provider: 'router', service: 'OpenRouter', kind: 'api-key', problem: null }],
  ['a key of a service that was not', 'sk-ant-api03-0123456789abcdef', 'zai', { provider: null, service: 'Anthropic', problem: 'other-service' }],
  ['a service of one’s own takes any key', 'sk-ant-api03-0123456789abcdef', 'router', { provider: null, service: null, problem: null }],
  ['another host’s token', `https://metrics.example.com ${opaque}`, 'zai', { provider: null, service: 'metrics.example.com', problem: 'other-service' }],
  ['too short', 'abc', 'zai', { problem: 'too-short', fingerprint: null }],
  ['keys may be short', 'abcd', 'router', { problem: null }],
  ['Chinese', '令牌'.repeat(20), 'zai', { problem: 'characters' }],
  ['cut off', ada.slice(0, 40), 'zai', { problem: 'cut-off' }],
  ['cut in the middle', `${ada.split('.')[0]}.xx.c2ln`, 'zai', { problem: 'cut-off' }],
  ['masked', `${ada.slice(0, 20)}...${ada.slice(-10)}`, 'zai', { problem: 'masked' }],
  ['masked by dots', 'sk-••••••••••••••••abcd', 'zai-api', { problem: 'masked' }],
  ['a placeholder', 'sk-your-api-key', 'zai-api', { problem: 'placeholder' }],
  ['a client key of Traygate', `sk-local-${'x'.repeat(32)}`, 'zai', { problem: 'client-key' }],
  ['cookies without a token', 'Cookie: a=1; b=2', 'zai', { problem: 'no-token-cookie' }],
]; // prettier-ignore

for (const [what, text, at, expected] of found) {
  test(what, () => {
    const item: Record<string, unknown> = only(text, at);
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, item[key]])), expected);
  });
}

test('no character of what was pasted is in what is said of it', () => {
  for (const text of [
    ada,
    `Bearer ${opaque}`,
    'ada@example.com:hunter2-hunter2',
    `https://chat.z.ai/auth#token=${ada}`,
  ]) {
    const said = JSON.stringify(diagnose(text, look('zai')));
    for (const secret of [ada.slice(0, 12), opaque.slice(0, 8), 'hunter2', 'ada@'])
      assert.ok(!said.includes(secret), secret);
  }
});

test('duplicates: in the text, and of what is saved with the provider it belongs to', () => {
  const saved = (provider: ProviderId) => new Map(provider === 'zai' ? [[hashOf(ada), { alias: 'Z3' }]] : []);
  const { fresh, duplicates, items } = diagnose(`${ada}\n${opaque}\n${opaque}`, look('longcat', { saved }));
  assert.deepEqual([fresh, duplicates], [1, 2]);
  assert.deepEqual(
    items.map(({ duplicate }) => duplicate),
    [{ of: 'saved', provider: 'zai', alias: 'Z3' }, null, { of: 'paste' }],
  );
});

test('what belongs elsewhere is counted by provider, unless the user says that it belongs here', () => {
  const text = [ada, jwt({ id: 'a' }, 'HS256'), jwt({ id: 'b' }, 'HS256'), `passport_token_key=${opaque};a=1`].join(
    '\n',
  );
  const { fresh, elsewhere } = diagnose(text, look('zai'));
  assert.deepEqual(
    [fresh, elsewhere],
    [
      1,
      [
        { provider: 'k2think', count: 2 },
        { provider: 'longcat', count: 1 },
      ],
    ],
  );
  const trusted = diagnose(text, look('zai', { trusting: true }));
  assert.deepEqual([trusted.fresh, trusted.elsewhere], [4, []]);
});

test('of many items those are shown that need a word, in their place', () => {
  const many = Array.from({ length: 600 }, (_, at) => `${opaque}${at}`).join('\n');
  const { read, fresh, strange, items } = diagnose(`${many}\nabc`, look('longcat'));
  assert.deepEqual([read, fresh, strange, items.length], [601, 600, 1, 500]);
  assert.equal(items.at(-1)?.problem, 'too-short');
});

test('stays linear on hostile text', () => {
  const pieces = ['eyJ', 'eyJ.eyJ.eyJ ', 'a@b:c ', '•', '... ', `${'0'.repeat(32)}.`, 'https://a.b ', 'your-token-'];
  for (const piece of pieces)
    assert.ok(growth((count) => void diagnose(piece.repeat(count), look('zai')), 20_000) < linear, piece);
});
