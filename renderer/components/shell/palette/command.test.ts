import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, fits } from './command.ts';

const port: Command = {
  id: 'settings/port',
  group: 'settings',
  label: 'Port',
  note: 'Server',
  words: '端口',
  // The icon is not looked at.
  icon: null as unknown as Command['icon'],
  run: () => undefined,
};

const cases: readonly { typed: string; found: boolean }[] = [
  { typed: '', found: true },
  { typed: 'po', found: true },
  { typed: 'PORT', found: true },
  { typed: '端口', found: true },
  { typed: 'server port', found: true },
  { typed: 'port key', found: false },
];

for (const { typed, found } of cases)
  test(`“${typed}” ${found ? 'finds' : 'does not find'} the port`, () => assert.equal(fits(port, typed), found));
