import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hopsOf } from './hops.ts';

const cases: readonly [header: string | undefined, sent: string | null][] = [
  [undefined, 'own'],
  ['1', '1, own'],
  ['other', 'other, own'],
  ['other, third', 'other, third, own'],
  ['own', null],
  ['other,own', null],
  ['a,b,c,d,e', null],
  ['what is this?', 'own'],
];
for (const [header, sent] of cases) {
  test(`a request that came through ${JSON.stringify(header)} ${sent === null ? 'is refused' : `goes on as ${sent}`}`, () => {
    const headers = header === undefined ? {} : { 'x-traygate-hop': header };
    if (sent === null) assert.throws(() => hopsOf(headers, 'own'), { code: 'loop_detected' });
    else assert.equal(hopsOf(headers, 'own'), sent);
  });
}
