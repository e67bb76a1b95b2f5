import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkAmong, readLink } from './deep-links.ts';

const understood: [link: string, means: unknown][] = [
  ['traygate://open/logs', { kind: 'open', route: '/logs' }],
  ['traygate://open/settings/', { kind: 'open', route: '/settings' }],
  ['TRAYGATE://open/test', { kind: 'open', route: '/test' }],
  ['traygate://add-token?provider=zai&token=abc.def', { kind: 'add-token', provider: 'zai', token: 'abc.def' }],
  [
    'traygate://add-provider?name=Mine&baseUrl=https%3A%2F%2Fai.example%2Fv1&key=k1',
    {
      kind: 'add-provider',
      provider: { kind: 'openai-compatible', name: 'Mine', baseUrl: 'https://ai.example/v1' },
      key: 'k1',
    },
  ],
  [
    'traygate://add-provider?name=B&kind=anthropic-compatible&baseUrl=http://127.0.0.1:9000',
    {
      kind: 'add-provider',
      provider: { kind: 'anthropic-compatible', name: 'B', baseUrl: 'http://127.0.0.1:9000' },
      key: null,
    },
  ],
];
for (const [link, means] of understood) test(`${link} is understood`, () => assert.deepEqual(readLink(link), means));

const refused = [
  '',
  'https://open/logs',
  'traygate:',
  'traygate://',
  'traygate://open',
  'traygate://open/etc',
  'traygate://open/../settings/data',
  'traygate://open/logs%2F..%2Fx',
  'traygate://quit',
  'traygate://add-token',
  'traygate://add-token?provider=zai',
  'traygate://add-token?provider=Z%20AI&token=x',
  'traygate://add-provider?name=X',
  'traygate://add-provider?name=X&baseUrl=file:///etc/passwd',
  'traygate://add-provider?name=X&baseUrl=javascript:alert(1)',
  'traygate://add-provider?name=X&kind=local&baseUrl=https://a.example',
  `traygate://add-token?provider=zai&token=${'x'.repeat(40_000)}`,
];
for (const link of refused) test(`${link.slice(0, 70)} says nothing`, () => assert.equal(readLink(link), null));

test('the link is found among the arguments of a start', () => {
  assert.equal(linkAmong(['/opt/traygate', '--hidden', 'traygate://open/logs']), 'traygate://open/logs');
  assert.equal(linkAmong(['/opt/traygate', 'https://example.com']), null);
});
