import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runningState } from './testing.ts';
import { lanUrls } from './tray-facts.ts';

const here = ['192.168.1.5', '10.0.0.7'];
const cases: [host: string, baseUrl: string, urls: string[]][] = [
  ['127.0.0.1', 'http://127.0.0.1:8080', []],
  ['localhost', 'http://127.0.0.1:8080', []],
  ['::1', 'http://[::1]:8080', []],
  ['192.168.1.5', 'http://192.168.1.5:8080/ai', ['http://192.168.1.5:8080/ai']],
  ['0.0.0.0', 'http://127.0.0.1:8080', ['http://192.168.1.5:8080', 'http://10.0.0.7:8080']],
  ['::', 'http://127.0.0.1:8080/ai', ['http://192.168.1.5:8080/ai', 'http://10.0.0.7:8080/ai']],
];
for (const [host, baseUrl, urls] of cases)
  test(`other computers reach ${host} at ${urls.length} addresses`, () =>
    assert.deepEqual(lanUrls({ ...runningState, host, baseUrl }, here), urls));
