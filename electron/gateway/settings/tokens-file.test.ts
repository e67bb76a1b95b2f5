import assert from 'node:assert/strict';
import { test } from 'node:test';
import fixture from '../../../tests/fixtures/token-file.json' with { type: 'json' };
import { parseTokensFile, readTokensFile } from './tokens-file.ts';

for (const { name, file, deduplicated } of fixture.cases) {
  test(`token file: ${name}`, () => {
    if (file === null) assert.equal(readTokensFile('/nowhere/tokens.txt', 'AUTH_TOKENS_FILE'), null);
    // The Python server left the byte order mark in the first token; the fixture records that defect.
    else
      assert.deepEqual(
        parseTokensFile(file),
        deduplicated.map((token) => token.replace('\uFEFF', '')),
      );
  });
}
