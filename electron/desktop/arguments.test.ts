import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArguments, UsageError } from './arguments.ts';

test('reads both spellings of a value', () => {
  assert.deepEqual(readArguments(['.', '--data-dir', '/tmp/a', '--port=8081', '--host', '::1']), {
    hidden: false,
    dataDir: '/tmp/a',
    port: 8081,
    host: '::1',
  });
});

test("steps over Electron's and Chromium's switches", () => {
  const argv = ['--inspect=0', '--remote-debugging-port=0', '-r', 'loader.js', '.', '--no-sandbox', '--hidden'];
  assert.deepEqual(readArguments(argv), { hidden: true });
});

test('refuses what cannot be meant', () => {
  for (const argv of [['--port', 'http'], ['--port=65536'], ['--port'], ['--data-dir='], ['--host']]) {
    assert.throws(() => readArguments(argv), UsageError, argv.join(' '));
  }
});
