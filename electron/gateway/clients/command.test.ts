import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { commandLine, type Launch } from './command.ts';

const launch: Launch = {
  variables: { A_URL: 'http://127.0.0.1:8080', A_KEY: `it's "x" $HOME \\ %PATH%`, A_NONE: '' },
  words: ['claude', 'a b'],
};

const expected = {
  sh: `A_URL=http://127.0.0.1:8080 A_KEY='it'\\''s "x" $HOME \\ %PATH%' A_NONE= claude 'a b'`,
  fish: `env A_URL=http://127.0.0.1:8080 A_KEY='it\\'s "x" $HOME \\\\ %PATH%' A_NONE= claude 'a b'`,
  powershell: `$env:A_URL = 'http://127.0.0.1:8080'; $env:A_KEY = 'it''s "x" $HOME \\ %PATH%'; $env:A_NONE = ''; claude 'a b'`,
  cmd: `set "A_URL=http://127.0.0.1:8080" && set "A_KEY=it's "x" $HOME \\ %PATH%" && set "A_NONE=" && claude "a b"`,
} as const;

for (const [shell, line] of Object.entries(expected) as [keyof typeof expected, string][])
  test(`a start in ${shell}`, () => assert.equal(commandLine(shell, launch), line));

test('a shell gives the program what was meant', { skip: process.platform === 'win32' && 'there is no sh' }, () => {
  const script = 'process.stdout.write(JSON.stringify([process.env.A_KEY, process.env.A_NONE, process.argv[1]]))';
  const line = commandLine('sh', { ...launch, words: [process.execPath, '-e', script, 'a b'] });
  assert.deepEqual(JSON.parse(execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' })), [
    launch.variables['A_KEY'],
    '',
    'a b',
  ]);
});
