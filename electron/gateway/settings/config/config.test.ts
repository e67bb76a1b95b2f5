import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { StartError } from '../../shell.ts';
import { readConfig } from './read.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-config-'));
after(() => rmSync(folder, { recursive: true }));

function read(text: string, environment: Record<string, string> = {}) {
  const file = path.join(folder, 'traygate.yaml');
  writeFileSync(file, text);
  return readConfig(file, environment);
}

const settingsOf = (text: string, environment?: Record<string, string>) =>
  Object.fromEntries(read(text, environment).fixed.map(({ path: at, value }) => [at, value]));

const whole = `
# A gateway for the family
server:
  port: 8090
  allowedHosts: [gate.home]
behaviour:
  thinking: think
  toolModes: { GLM-4.6: injected }
clientKeys:
  - \${FAMILY_KEY}
  - second-key
providers:
  order: [openrouter, zai]
  zai:
    enabled: true
    guestMode: false
    tokens: [ "\${ZAI_TOKEN}" ]
  openrouter:
    kind: openai-compatible
    name: OpenRouter
    baseUrl: https://openrouter.ai/api/v1
    keys: [ sk-or-1 ]
    prefix: or/
  ollama: { kind: openai-compatible, baseUrl: "http://127.0.0.1:11434/v1", keyless: true }
`;

test('settings by their dotted names, providers, tokens and keys', () => {
  const config = read(whole, { FAMILY_KEY: 'family', ZAI_TOKEN: 'token-of-zai' });
  assert.deepEqual(config.clientKeys, ['family', 'second-key']);
  assert.deepEqual(config.tokens, [
    { provider: 'zai', secrets: ['token-of-zai'] },
    { provider: 'openrouter', secrets: ['sk-or-1'] },
  ]);
  const plain = { enabled: true, headers: {}, models: [] };
  assert.deepEqual(Object.fromEntries(config.fixed.map(({ path: at, value }) => [at, value])), {
    'server.port': 8090,
    'server.allowedHosts': ['gate.home'],
    'behaviour.thinking': 'think',
    'behaviour.toolModes': { 'GLM-4.6': 'injected' },
    'providers.order': ['openrouter', 'zai'],
    'providers.zai.enabled': true,
    'providers.zai.guestMode': false,
    'providers.added': [
      { ...plain, id: 'openrouter', kind: 'openai-compatible', name: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', keyless: false, prefix: 'or/' },
      { ...plain, id: 'ollama', kind: 'openai-compatible', name: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', keyless: true, prefix: '' },
    ],
  }); // prettier-ignore
  assert.ok(config.fixed.every(({ by }) => by === 'traygate.yaml'));
});

test('JSON is read as well', () => {
  assert.deepEqual(settingsOf('{ "server": { "port": 9000 } }'), { 'server.port': 9000 });
});

test('an empty file sets nothing', () => {
  assert.deepEqual(settingsOf('# nothing yet\n'), {});
});

test('variables, with a text for when they are not set, and a plain ${', () => {
  const text = 'server: { serviceName: "${NAME:-gate} $${x}" }';
  assert.deepEqual(settingsOf(text), { 'server.serviceName': 'gate ${x}' });
  assert.deepEqual(settingsOf(text, { NAME: 'home' }), { 'server.serviceName': 'home ${x}' });
});

const mistakes: readonly [text: string, place: string, says: RegExp][] = [
  ['server:\n  port: 99999\n', '2:9', /server\.port/],
  ['server:\n  prot: 80\n', '2:9', /server\.prot is not a setting/],
  ['sever:\n  port: 80\n', '2:3', /sever is not a setting/],
  ['server:\n  port: [\n', '3:1', /./],
  ['a: 1\na: 2\n', '2:1', /unique/],
  ['clientKeys: ["${NOT_SET}"]\n', '1:14', /NOT_SET is not set/],
  ['clientKeys:\n  - "with blank"\n', '2:5', /printable/],
  ['providers:\n  router:\n    baseUrl: https://x\n', '3:5', /needs kind/],
  ['providers:\n  router:\n    kind: openai-compatible\n    baseURL: https://x\n', '3:5', /./],
  ['providers:\n  zai:\n    guestmode: true\n', '3:16', /guestmode is not a setting/],
  ['- a\n', '1:1', /record/],
];
for (const [text, place, says] of mistakes) {
  test(`a mistake is named with its place: ${JSON.stringify(text).slice(0, 60)}`, () => {
    assert.throws(
      () => read(text),
      (error) => {
        assert.ok(error instanceof StartError && error.code === 'invalid_config' && error.exitCode === 78);
        assert.ok(error.message.includes(`traygate.yaml:${place}: `), error.message);
        assert.match(error.message, says);
        return true;
      },
    );
  });
}

test('a file that is not there is named', () => {
  assert.throws(() => readConfig(path.join(folder, 'none.yaml'), {}), /none\.yaml cannot be read/);
});
