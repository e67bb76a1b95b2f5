import assert from 'node:assert/strict';
import { test } from 'node:test';
import fixture from '../../../tests/fixtures/request-source.json' with { type: 'json' };
import { ClientKeys, randomClientKey } from './client-keys.ts';
import { clientName } from './client-name.ts';

const keys = new ClientKeys(
  [
    { name: 'Default', value: 'k-one', scope: 'all' },
    { name: 'Second', value: 'k-two', scope: 'all' },
    { name: 'ANTHROPIC_API_KEY', value: 'k-claude', scope: 'anthropic' },
  ],
  true,
);
const refused = { code: 'invalid_api_key' };

test('a key is taken from Authorization or x-api-key, and its name is given', () => {
  assert.equal(keys.check({ authorization: 'Bearer k-one' }, 'openai'), 'Default');
  assert.equal(keys.check({ authorization: 'bearer   k-two' }, 'openai'), 'Second');
  assert.equal(keys.check({ 'x-api-key': 'k-one' }, 'anthropic'), 'Default');
  assert.equal(keys.check({ authorization: 'Bearer k-one', 'x-api-key': 'k-one' }, 'openai'), 'Default');
});

test('missing, wrong and contradicting keys are refused', () => {
  for (const headers of [
    {}, { authorization: 'Bearer nope' }, { authorization: 'k-one' }, { authorization: 'Bearer ' }, { authorization: '' }, { 'x-api-key': '' },
    { authorization: 'Bearer wrong', 'x-api-key': 'k-one' }, { authorization: 'Bearer k-one', 'x-api-key': 'wrong' }, { authorization: 'Bearer k-one', 'x-api-key': 'k-two' },
  ]) assert.throws(() => keys.check(headers, 'openai'), refused, JSON.stringify(headers)); // prettier-ignore
});

test('the Anthropic key opens the Anthropic routes only', () => {
  assert.equal(keys.check({ 'x-api-key': 'k-claude' }, 'anthropic'), 'ANTHROPIC_API_KEY');
  assert.throws(() => keys.check({ 'x-api-key': 'k-claude' }, 'openai'), refused);
});

test('with SKIP_AUTH_TOKEN nothing is asked', () => assert.equal(new ClientKeys([], false).check({}, 'openai'), null));

test('made keys are long, url-safe and different', () => {
  assert.match(randomClientKey(), /^sk-local-[\w-]{32}$/);
  assert.notEqual(randomClientKey(), randomClientKey());
});

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
  assert.equal(clientName({ 'user-agent': 'zed/1.2 (linux)' }), 'zed/1.2');
});
