import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from './client.ts';
import { type Line, passed, table } from './report.ts';

const client = (title: string): Client => ({ id: title, title, bundles: [{ x: '1.2.3' }], play: {} });
const good: Line = { client: client('A'), results: [{ scenario: 'plain', ok: true, note: '' }] };
const odd: Line = { client: client('B'), results: [{ scenario: 'abort', ok: true, note: 'it does not cancel' }] };
const bad: Line = { client: client('C'), results: [{ scenario: 'plain', ok: false, note: 'no answer' }] };
const missing: Line = { client: client('D'), results: { why: 'not in the registry' } };

test('only what was run and failed counts, unless all clients must be there', () => {
  const cases: [Line[], strict: boolean, boolean][] = [
    [[good, odd], true, true],
    [[good, bad], false, false],
    [[good, missing], false, true],
    [[good, missing], true, false],
    [[missing], false, false],
    [[], false, false],
  ];
  for (const [lines, strict, expected] of cases)
    assert.equal(passed(lines, strict), expected, `${lines.map((line) => line.client.title).join()} ${strict}`);
});

test('nothing is silent: each failure, oddity and missing client is explained', () => {
  const text = table([good, odd, bad, missing]);
  assert.match(text, /^A 1\.2\.3 +ok +– /m);
  assert.match(text, /^B 1\.2\.3, abort\*: it does not cancel$/m);
  assert.match(text, /^C 1\.2\.3 +FAILED/m);
  assert.match(text, /^C 1\.2\.3, plain: no answer$/m);
  assert.match(text, /^D was not run: not in the registry$/m);
});
