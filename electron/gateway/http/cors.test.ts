import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyNoOrigin } from './cors.ts';

for (const origin of [
  'https://app.example.com',
  'http://localhost:3000',
  'https://app.example.com:8443',
  'chrome-extension://abcdefghijklmnop',
])
  // prettier-ignore
  test(`${origin} is an origin`, () => assert.equal(whyNoOrigin(origin), null));

for (const [origin, why] of [
  ['*', /every web page/],
  ['https://*.example.com', /every web page/],
  ['null', /sandboxed/],
  ['', /scheme/],
  ['app.example.com', /scheme/],
  ['https://app.example.com/', /nothing else/],
  ['https://app.example.com/path', /nothing else/],
  ['https://me@app.example.com', /nothing else/],
  ['https://APP.example.com', /nothing else/],
  ['file:///tmp/page.html', /scheme/],
  ['javascript:alert(1)', /scheme/],
  ['chrome-extension://abc/page.html', /scheme/],
] as const)
  test(`${JSON.stringify(origin)} is refused with an explanation`, () => assert.match(whyNoOrigin(origin) ?? '', why));
