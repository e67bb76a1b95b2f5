import assert from 'node:assert/strict';
import { test } from 'node:test';
import fixture from '../../../tests/fixtures/request-source.json' with { type: 'json' };
import { clientName } from './client-name.ts';

for (const { headers, result } of fixture.cases) {
  // The fixture also guesses from the protocol when the headers say nothing; a name of the program is all that Logs shows.
  // Cherry Studio is named, where the Python server saw a browser.
  const known =
    !headers['user-agent']?.includes('CherryStudio') &&
    ['Claude Code', 'Anthropic SDK', 'OpenAI SDK', 'curl', 'Browser'].includes(result.client_name);
  if (known)
    test(`client ${JSON.stringify(headers)} is ${result.client_name}`, () =>
      assert.equal(clientName(headers), result.client_name));
}

test('a client may name itself, within bounds', () => {
  assert.equal(clientName({ 'x-request-source': 'My\u0007 Tool' }), 'My Tool');
  assert.equal(clientName({ 'x-client-source': 'x'.repeat(500) }).length, 60);
  assert.equal(clientName({}), 'Unknown');
  assert.equal(clientName({ 'user-agent': 'zed/1.2 (linux)' }), 'Zed');
});
