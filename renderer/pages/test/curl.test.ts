import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { curlOf } from './curl.ts';

test('a shell reads the body as it was, whatever is in it', () => {
  const body = { model: 'a', messages: [{ role: 'user', content: `it's "so" \\ $HOME \`id\` 世界\n!` }] };
  const command = curlOf('http://127.0.0.1:1', 'openai-chat', body, true).replace(/^curl/, 'args');
  // Says what it was given, one argument to a line of its own mark.
  const said = execFileSync('sh', [
    '-c',
    `args() { for a; do printf '%s\\0' "$a"; done; }; TRAYGATE_KEY=k; ${command}`,
  ]);
  const args = said.toString().split('\0');
  assert.deepEqual(JSON.parse(args[args.indexOf('-d') + 1] ?? ''), body);
  assert.ok(args.includes('Authorization: Bearer k'));
});

test('a stream is not held back, and no key is asked for where none is needed', () => {
  const command = curlOf('http://h', 'anthropic-messages', { stream: true }, false);
  assert.match(command, /^curl -N http:\/\/h\/v1\/messages /);
  assert.doesNotMatch(command, /Authorization/);
});
