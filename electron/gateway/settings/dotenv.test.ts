import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetSecrets, readEnvironment } from './dotenv.ts';

test('F152, F158: secrets are read once and then gone from the process', () => {
  const environment = {
    PATH: '/bin',
    AUTH_TOKEN: 'a',
    AUTH_TOKENS: 'b',
    AUTH_TOKENS_FILE: '/run/tokens',
    ANTHROPIC_API_KEY: 'c',
    ADMIN_PASSWORD: 'd',
    LONGCAT_PASSPORT_TOKEN: 'e',
    TRAYGATE_SECRET_KEY: 'f',
    TRAYGATE_REDIS_URL: 'redis://:h@valkey',
    OPENROUTER_KEY: 'g',
    TOKEN_STRATEGY: 'weighted',
    SKIP_AUTH_TOKEN: 'false',
  };
  const read = readEnvironment('/nowhere', environment);
  forgetSecrets(environment);
  assert.deepEqual(Object.keys(environment), ['PATH', 'AUTH_TOKENS_FILE', 'TOKEN_STRATEGY']);
  assert.equal(read['AUTH_TOKEN'], 'a');
  assert.equal(read['TRAYGATE_SECRET_KEY'], 'f');
});
