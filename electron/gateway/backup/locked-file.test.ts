import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { lockText, unlockText } from './locked-file.ts';

const passphrase = 'correct horse battery';
const made = { madeAt: 5, by: '0.1.0' };
const file = await lockText('{"tokens":["secret-é"]}', passphrase, made);
const fields = z.record(z.string(), z.unknown()).parse(JSON.parse(file));
const without = (change: Record<string, unknown>): string => JSON.stringify({ ...fields, ...change });
const flipped = (name: string): string => {
  const bytes = Buffer.from(String(fields[name]), 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
};

test('what was locked comes back under its passphrase, and nothing of it stands in clear', async () => {
  assert.deepEqual(await unlockText(file, passphrase), { text: '{"tokens":["secret-é"]}', made });
  assert.ok(!file.includes('secret') && !file.includes(passphrase));
  assert.notEqual(await lockText('x', passphrase, made), await lockText('x', passphrase, made));
});

const refused: readonly (readonly [name: string, file: string, reason: string, passphrase?: string])[] = [
  ['a wrong passphrase', file, 'passphrase_wrong', 'correct horse batterz'],
  ['a changed byte', without({ data: flipped('data') }), 'export_damaged'],
  ['a changed mark', without({ tag: flipped('tag') }), 'export_damaged'],
  ['another date', without({ madeAt: 6 }), 'export_damaged'],
  ['a missing field', without({ salt: undefined }), 'export_damaged'],
  ['a short mark', without({ tag: 'AAAA' }), 'export_damaged'],
  ['a newer version', without({ version: 2, salt: 'other' }), 'export_newer'],
  ['any other JSON', '{"tokens":[]}', 'export_unknown'],
  ['no JSON', 'hello', 'export_unknown'],
  ['half a file', file.slice(0, 100), 'export_unknown'],
];

for (const [name, text, reason, said = passphrase] of refused)
  test(`F085: ${name} is refused as ${reason}`, () => assert.rejects(unlockText(text, said), { reason }));
