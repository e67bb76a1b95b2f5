import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { StartError } from '../shell.ts';
import { createConfStore } from './conf-store.ts';
import { readEnvironment } from './dotenv.ts';
import { type Environment, readEnvironmentSecrets, readEnvironmentSettings, settingVariables } from './environment.ts';
import { SettingRefused, Settings } from './settings.ts';
import { readTokensFile } from './tokens-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-settings-'));
after(() => rmSync(folder, { recursive: true }));

const inForce = (environment: Environment) =>
  new Settings(createConfStore(mkdtempSync(path.join(folder, 's-'))), readEnvironmentSettings(environment));

test('the variables of the customer documents set what they say', () => {
  const settings = inForce({
    LISTEN_PORT: '9090', ANONYMOUS_MODE: 'False', SKIP_AUTH_TOKEN: 'true', TOOL_SUPPORT: 'false', SCAN_LIMIT: '5000', DEBUG_LOGGING: 'TRUE',
    THINKING_PROCESSING: 'strip', GUEST_POOL_SIZE: '10', TOKEN_FAILURE_THRESHOLD: '5', TOKEN_RECOVERY_TIMEOUT: '60', ROOT_PATH: 'api/', SERVICE_NAME: 'my gate',
    API_ENDPOINT: 'https://example.com/api/v2/chat/completions', ZAI_BASE_URL: 'http://127.0.0.1:9801/', GLM45_MODEL: 'gpt-4o', AIR_MODEL: 'mini',
    HTTP_PROXY: 'http://proxy:1', HTTPS_PROXY: 'http://proxy:2', SOCKS5_PROXY: 'socks5://proxy:3',
  }); // prettier-ignore
  assert.deepEqual(
    [
      settings.get('server.port'),
      settings.get('providers.zai.guestMode'),
      settings.get('server.keyRequired'),
      settings.get('behaviour.tools'),
      settings.get('behaviour.scanLimit'),
    ],
    [9090, false, false, false, 5000],
  );
  assert.deepEqual(
    [
      settings.get('behaviour.thinking'),
      settings.get('providers.zai.guestPoolSize'),
      settings.get('pool.failureThreshold'),
    ],
    ['strip', 10, 5],
  );
  assert.deepEqual(
    [settings.get('server.rootPath'), settings.get('server.serviceName'), settings.get('network.proxy')],
    ['/api', 'my gate', 'http://proxy:2'],
  );
  assert.equal(settings.get('providers.zai.baseUrl'), 'http://127.0.0.1:9801');
  assert.deepEqual(settings.get('providers.zai.modelNames'), { GLM45_MODEL: 'gpt-4o', GLM45_AIR_MODEL: 'mini' });
  assert.equal(settings.locked()['server.port'], 'LISTEN_PORT');
});

test('limits, retries and the way out', () => {
  const ca = path.join(import.meta.dirname, '../../../tests/fixtures/tls/unsigned.cert');
  const settings = inForce({
    RETRY_ATTEMPTS: '5', RETRY_BUDGET: '0', COOLDOWN_SECONDS: '5', COOLDOWN_MINUTES: '120', MAX_REQUESTS: '10000', MAX_REQUEST_MB: '100',
    SESSION_HOURS: '720', TRAYGATE_ALLOWED_CLIENTS: '192.168.1.0/24, fd00::1', IP_VERSION: 'IPv4', TRAYGATE_CA_FILE: ` ${ca} `,
  }); // prettier-ignore
  assert.deepEqual(
    [
      settings.get('retry.attempts'),
      settings.get('retry.budgetPercent'),
      settings.get('retry.cooldownSeconds'),
      settings.get('retry.cooldownMinutes'),
    ],
    [5, 0, 5, 120],
  );
  assert.deepEqual(
    [settings.get('server.maxRequests'), settings.get('server.maxMegabytes'), settings.get('server.sessionHours')],
    [10_000, 100, 720],
  );
  assert.deepEqual(settings.get('server.allowedClients'), ['192.168.1.0/24', 'fd00::1']);
  assert.deepEqual([settings.get('network.ipVersion'), settings.get('network.caFile')], ['ipv4', ca]);
  assert.equal(settings.locked()['network.caFile'], 'TRAYGATE_CA_FILE');
});

test('each variable has its row in the documents', () => {
  const text = readFileSync(path.join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  const named = new Set(rows.flatMap((row) => row.split(' | ')[0]?.match(/[A-Z][A-Z0-9_]+/g) ?? []));
  assert.deepEqual(
    settingVariables.filter((variable) => !named.has(variable)),
    [],
  );
});

test('a settings file that is too open is tightened', { skip: process.platform === 'win32' }, () => {
  const dataDir = mkdtempSync(path.join(folder, 's-'));
  const file = path.join(dataDir, 'settings.json');
  writeFileSync(file, '{}', { mode: 0o644 });
  createConfStore(dataDir);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a folder named .env is none of ours; a folder as AUTH_TOKENS_FILE is named', () => {
  const cwd = mkdtempSync(path.join(folder, 'cwd-'));
  mkdirSync(path.join(cwd, '.env'));
  assert.deepEqual(readEnvironment(cwd, { A: '1' }), { A: '1' });
  assert.equal(readTokensFile(path.join(cwd, 'none'), 'AUTH_TOKENS_FILE'), null);
  assert.throws(
    () => readTokensFile(cwd, 'AUTH_TOKENS_FILE'),
    (error) => error instanceof StartError && error.exitCode === 78 && error.message.includes('AUTH_TOKENS_FILE'),
  );
});

test('a file that is damaged while Traygate runs changes nothing until the next start', () => {
  const dataDir = mkdtempSync(path.join(folder, 's-'));
  const settings = new Settings(createConfStore(dataDir), []);
  settings.set('ui.theme', 'dark');
  writeFileSync(path.join(dataDir, 'settings.json'), '{"ui":');
  assert.equal(settings.get('ui.theme'), 'dark');
  assert.equal(settings.get('server.port'), 8080);
  assert.throws(() => settings.set('ui.theme', 'light'));
  assert.equal(settings.get('ui.theme'), 'dark', 'what could not be saved does not count');
});

test('aliases are read in their order, with several targets and patterns', () => {
  const settings = inForce({ MODEL_ALIASES: ' fast = GLM-4.5-Air ,gpt-*=GLM-5| local/echo,', DEFAULT_ALIASES: 'off' });
  assert.deepEqual(settings.get('models.aliases'), [
    { pattern: 'fast', targets: ['GLM-4.5-Air'] },
    { pattern: 'gpt-*', targets: ['GLM-5', 'local/echo'] },
  ]);
  assert.equal(settings.get('models.defaultAliases'), false);
});

test('a wrong entry of MODEL_ALIASES is named', () => {
  const cases: [string, RegExp][] = [
    ['fast', /"fast" is not one/],
    ['a=b,=c', /"=c" is not one/],
    ['a=b|', /"a=b\|" is not one/],
    ['a=b*', /"a=b\*" is not one/],
    ['a=b=c', /"a=b=c" is not one/],
    ['a=b,A=c', /"a" stands there twice/],
  ];
  for (const [text, message] of cases) assert.throws(() => inForce({ MODEL_ALIASES: text }), { message });
});

const refused: Record<string, string> = {
  LISTEN_PORT: '70000',
  ANONYMOUS_MODE: 'maybe',
  THINKING_PROCESSING: 'loud',
  GUEST_POOL_SIZE: '0',
  TOKEN_FAILURE_THRESHOLD: 'three',
  SCAN_LIMIT: '-1',
  ZAI_BASE_URL: 'http://chat.z.ai',
  LONGCAT_BASE_URL: 'ftp://x',
  TRAYGATE_ALLOWED_HOSTS: 'gate.example,*',
  HTTP_PROXY: 'proxy:8080',
  ROOT_PATH: '/a b',
  MODEL_ALIASES: 'fast',
  DEFAULT_ALIASES: 'some',
  RETRY_ATTEMPTS: '6',
  RETRY_BUDGET: '51',
  COOLDOWN_SECONDS: '4',
  COOLDOWN_MINUTES: '0',
  MAX_REQUESTS: '0',
  MAX_REQUEST_MB: '101',
  SESSION_HOURS: '0',
  TRAYGATE_ALLOWED_CLIENTS: 'home',
  IP_VERSION: 'ipv5',
  TRAYGATE_CA_FILE: '/no/such/file.pem',
};
for (const [variable, value] of Object.entries(refused)) {
  test(`${variable}=${value} is refused with its name and what is allowed`, () => {
    assert.throws(
      () => readEnvironmentSettings({ [variable]: value }),
      (error) =>
        error instanceof StartError &&
        error.exitCode === 78 &&
        error.message.startsWith(`${variable} is not allowed: it must be `),
    );
  });
}

test('the placeholder key is refused with a sentence, wherever it stands', () => {
  for (const environment of [
    { AUTH_TOKEN: 'sk-your-api-key' },
    { AUTH_TOKENS: 'good-key,sk-your-api-key' },
    { ANTHROPIC_API_KEY: 'sk-your-api-key' },
  ]) {
    assert.throws(() => readEnvironmentSecrets(environment), { code: 'placeholder_key' });
  }
});

test('keys and passwords of the environment', () => {
  const secrets = readEnvironmentSecrets({
    AUTH_TOKEN: ' k1 ',
    AUTH_TOKENS: 'k2, k3,',
    ANTHROPIC_API_KEY: 'k4',
    ADMIN_PASSWORD: 'correct horse',
    AUTH_TOKENS_FILE: 'tokens.txt',
    LONGCAT_PASSPORT_TOKEN: 'passport',
    LONGCAT_TOKENS_FILE: 'longcat.txt',
    TRAYGATE_REDIS_URL: ' rediss://:p%40ss@valkey:6380/1 ',
  });
  assert.deepEqual(secrets, {
    clientKey: 'k1',
    furtherKeys: ['k2', 'k3'],
    anthropicKey: 'k4',
    adminPassword: 'correct horse',
    redisUrl: 'rediss://:p%40ss@valkey:6380/1',
    hidden: ['correct horse', 'rediss://:p%40ss@valkey:6380/1', 'p%40ss', 'p@ss'],
    tokens: [
      { variable: 'AUTH_TOKENS_FILE', provider: 'zai', from: { file: 'tokens.txt' } },
      { variable: 'LONGCAT_PASSPORT_TOKEN', provider: 'longcat', from: { token: 'passport' } },
      { variable: 'LONGCAT_TOKENS_FILE', provider: 'longcat', from: { file: 'longcat.txt' } },
    ],
  });
  assert.throws(() => readEnvironmentSecrets({ ADMIN_PASSWORD: 'admin123' }), { code: 'invalid_environment' });
  assert.deepEqual(readEnvironmentSecrets({ AUTH_TOKEN: '' }).clientKey, null);
  for (const wrong of ['http://valkey', 'valkey:6379', 'redis://:50%off@valkey'])
    assert.throws(() => readEnvironmentSecrets({ TRAYGATE_REDIS_URL: wrong }), { code: 'invalid_environment' }, wrong);
});

test('.env of the working directory is read, and the real environment wins', () => {
  writeFileSync(path.join(folder, '.env'), '\uFEFFLISTEN_PORT=9000\n# note\nTOOL_SUPPORT="false"\nOTHER=1\n');
  const environment = readEnvironment(folder, { LISTEN_PORT: '9001' });
  assert.deepEqual([environment['LISTEN_PORT'], environment['TOOL_SUPPORT']], ['9001', 'false']);
  assert.deepEqual(readEnvironment(path.join(folder, 'nowhere'), { A: '1' }), { A: '1' });
});

test('a change is saved in a private file, told to listeners, and refused when fixed or out of range', () => {
  const dir = mkdtempSync(path.join(folder, 's-'));
  const store = createConfStore(dir);
  const settings = new Settings(store, [{ path: 'server.port', value: 1234, by: 'LISTEN_PORT' }]);
  const changes: string[] = [];
  settings.subscribe((changed) => changes.push(changed));
  settings.set('ui.theme', 'dark');
  assert.throws(() => settings.set('server.port', 1), SettingRefused);
  assert.throws(() => settings.set('pool.failureThreshold', 0), SettingRefused);
  assert.deepEqual(changes, ['ui.theme']);
  assert.equal(new Settings(createConfStore(dir), []).get('ui.theme'), 'dark');
  assert.equal(statSync(store.path).mode & 0o777, 0o600);
});
