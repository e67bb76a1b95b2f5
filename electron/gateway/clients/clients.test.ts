import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { ClientChoice, ClientId } from '../../../shared/clients.ts';
import { Clients } from './clients.ts';
import { portOf } from '../../../tests/port-of.ts';

const key = 'sk-local-abcdefghijklmnopqrstuvwxyz012345';

interface House {
  readonly clients: Clients;
  readonly home: string;
  readonly dataDir: string;
  readonly choice: (client: ClientId, more?: Partial<ClientChoice>) => ClientChoice;
  readonly apply: (client: ClientId, more?: Partial<ClientChoice>, fix?: string | null) => Promise<void>;
}

function house(t: TestContext, more: Partial<ConstructorParameters<typeof Clients>[0]> = {}): House {
  const root = mkdtempSync(path.join(os.tmpdir(), 'traygate-clients-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const [home, dataDir] = [path.join(root, 'home'), path.join(root, 'data')];
  for (const folder of [home, dataDir]) mkdirSync(folder);
  const clients = new Clients({
    environment: { HOME: home, USERPROFILE: home, APPDATA: path.join(home, 'AppData'), PATH: '' },
    kind: 'desktop',
    dataDir,
    memory: new Map<string, string>(),
    baseUrl: () => 'http://127.0.0.1:8080',
    port: () => 8080,
    isHere: () => true,
    allowedHosts: () => [],
    lan: () => '192.168.1.5',
    keyRequired: () => true,
    fresh: { valueOf: () => key, isKey: (value) => value === key, list: () => [], make: () => ({ id: 'x' }) },
    models: () => ['GLM-4.6', 'GLM-4.5-Air'],
    canShowFiles: true,
    clock: Date.now,
    changed: () => {},
    ...more,
  });
  const choice: House['choice'] = (client, other = {}) => ({
    client,
    host: '127.0.0.1',
    model: 'GLM-4.6',
    key: null,
    ...other,
  });
  return {
    clients,
    home,
    dataDir,
    choice,
    async apply(client, other, fix = null) {
      const { version } = await clients.preview(choice(client, other), fix);
      await clients.apply(choice(client, other), fix, version);
    },
  };
}

function put(home: string, file: string, text: string): string {
  const at = path.join(home, file);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, text);
  return at;
}

interface Case {
  readonly client: ClientId;
  readonly file: string;
  readonly text: string;
  /** What every line that changes speaks of; brackets aside. */
  readonly named: RegExp;
  /** What somebody adds afterwards, and what is there then after undoing. */
  readonly edit: (text: string) => string;
}

const comment = '// keep me';
const cases: readonly Case[] = [
  {
    client: 'claude-code',
    file: '.claude/settings.json',
    text: `{\n  ${comment}\n  "permissions": { "allow": ["Bash(ls:*)"] },\n  "env": {\n    "FOO": "bar", // mine\n    "ANTHROPIC_API_KEY": "sk-ant-api03-verysecretvalue1234",\n    "ANTHROPIC_MODEL": "claude-opus",\n  },\n  "unknownKey": [1, 2.50, {"x": null}]\n}\n`,
    named: /"(ANTHROPIC_\w+|CLAUDE_CODE_\w+)":/,
    edit: (text) => text.replace('"FOO": "bar"', '"FOO": "other"'),
  },
  {
    client: 'codex',
    file: '.codex/config.toml',
    text: `# my config\nmodel = "gpt-5" # best\napproval_policy = "never"\n\n[tui]\nnotifications = true # yes\n\n[mcp_servers."my server"]\ncommand = "x"\nargs = [\n  "a", # one\n]\n`,
    named:
      /^(model|model_provider|name|base_url|wire_api|request_max_retries|stream_max_retries|experimental_bearer_token) = |^\[model_providers\.traygate\]$/,
    edit: (text) => text.replace('"never"', '"on-request"'),
  },
  {
    client: 'opencode',
    file: '.config/opencode/opencode.json',
    text: `{\n\t"$schema": "https://opencode.ai/config.json",\n\t/* theme */ "theme": "x",\n\t"provider": {\n\t\t"mine": { "options": { "baseURL": "https://example.com/v1" } } ${comment}\n\t}\n}\n`,
    named: /"(model|small_model|traygate|npm|name|options|baseURL|apiKey|models|GLM-4\.6|GLM-4\.5-Air)":/,
    edit: (text) => text.replace('"theme": "x"', '"theme": "y"'),
  },
  {
    client: 'claude-code-router',
    file: '.claude-code-router/config.json',
    text: `{\n  "PORT": 3456,\n  ${comment}\n  "Providers": [\n    { "name": "deepseek", "api_base_url": "https://example.com", "api_key": "sk-deepseek-0123456789", "models": ["a"] }\n  ],\n  "Router": { "default": "deepseek,a" }\n}\n`,
    named: /"(name|api_base_url|api_key|models|default)":|"GLM/,
    edit: (text) => text.replace('3456', '3457'),
  },
  {
    client: 'continue',
    file: '.continue/config.yaml',
    text: `name: Mine # my assistant\nversion: 2.0.0\nmodels:\n  - name: GPT   # keep\n    provider: openai\n    roles: [chat, edit]\ncontext:\n  - provider: code\n`,
    named: /(schema|provider|model|apiBase|apiKey|- name): /,
    edit: (text) => text.replace('version: 2.0.0', 'version: 2.0.1'),
  },
  {
    client: 'zed',
    file: '.config/zed/settings.json',
    text: `// Zed settings\n//\n{\n  "theme": "One Dark", // nice\n  "language_models": {\n    "openai": { "version": "1" },\n  },\n}\n`,
    named:
      /"(openai_compatible|Traygate|api_url|available_models|name|display_name|max_tokens|capabilities|tools|images|parallel_tool_calls|prompt_cache_key)":/,
    edit: (text) => text.replace('One Dark', 'One Light'),
  },
  {
    client: 'aider',
    file: '.aider.conf.yml',
    text: `# aider\ndark-mode: true # eyes\nmodel: gpt-5\nread:\n  - CONVENTIONS.md\n`,
    named: /^(model|openai-api-base|openai-api-key): /,
    edit: (text) => text.replace('dark-mode: true', 'dark-mode: false'),
  },
];

const structure = /^[\s{}[\],]*$/;

for (const { client, file, text, named, edit } of cases) {
  test(`${client}: the diff shows only the named keys, and undo gives back the file byte for byte`, async (t) => {
    const { clients, home, dataDir, choice, apply } = house(t);
    const at = put(home, file, text);
    chmodSync(at, 0o640);
    const preview = await clients.preview(choice(client), null);
    assert.equal(readFileSync(at, 'utf8'), text, 'a preview writes nothing');
    const changed = preview.lines.filter(({ kind }) => kind === 'added' || kind === 'removed');
    assert.ok(changed.length > 0);
    for (const line of changed)
      assert.ok(
        named.test(line.text) || structure.test(line.text.replace(/\/\/.*$/, '')) || line.text.includes('deepseek'),
        line.text,
      );
    assert.ok(!JSON.stringify(preview).includes(key), 'the key is masked');
    assert.ok(!JSON.stringify(preview).includes('verysecret'), 'and so are others');

    await clients.apply(choice(client), null, preview.version);
    const applied = readFileSync(at, 'utf8');
    assert.ok(client === 'zed' || applied.includes(key));
    assert.ok(applied.includes('8080'));
    assert.equal(statSync(at).mode & 0o777, 0o640, 'the mode stays');
    const status = (await clients.overview()).clients.find(({ id }) => id === client);
    assert.equal(status?.applied, 'applied');
    const [backup] = readdirSync(path.join(dataDir, 'client-backups'));
    assert.equal(readFileSync(path.join(dataDir, 'client-backups', backup ?? ''), 'utf8'), text);
    assert.equal(statSync(path.join(dataDir, 'client-backups', backup ?? '')).mode & 0o777, 0o600);

    // Another model: no second backup, and still the way back to the first state.
    await apply(client, { model: 'GLM-4.5-Air' });
    assert.equal(readdirSync(path.join(dataDir, 'client-backups')).length, 1, 'no backup of what was applied');
    assert.deepEqual(clients.undo(client), { restored: 'whole', kept: [] });
    assert.equal(readFileSync(at, 'utf8'), text);
    assert.equal(statSync(at).mode & 0o777, 0o640);
    assert.throws(() => clients.undo(client), /Nothing was applied/);
  });

  test(`${client}: what was changed elsewhere in the file meanwhile survives undo`, async (t) => {
    const { clients, home, apply } = house(t);
    const at = put(home, file, text);
    await apply(client);
    writeFileSync(at, edit(readFileSync(at, 'utf8')));
    assert.equal(clients.undo(client).restored, 'keys');
    const left = readFileSync(at, 'utf8');
    assert.ok(!left.includes('8080'), left);
    assert.ok(!left.includes(key));
    // The same lines as if the edit had been made to the file as it was; a key that was taken out may come back elsewhere.
    const lines = (all: string) =>
      all
        .split('\n')
        .map((line) => line.replace(/,(?=\s*(\/\/.*)?$)/, '').trim())
        .toSorted();
    assert.deepEqual(lines(left), lines(edit(text)));
  });

  test(`${client}: a file that was made is taken away again`, async (t) => {
    const { clients, home, apply } = house(t);
    await apply(client);
    const at = path.join(home, file);
    assert.ok(existsSync(at));
    assert.equal(statSync(at).mode & 0o777, 0o600, 'it holds a key');
    assert.equal(clients.undo(client).restored, 'whole');
    assert.ok(!existsSync(at));
  });
}

test('a key that somebody has changed since is told, and left alone by undo', async (t) => {
  const { clients, home, apply } = house(t);
  const at = put(home, '.claude/settings.json', '{ "env": { "ANTHROPIC_MODEL": "opus" } }\n');
  await apply('claude-code');
  writeFileSync(at, readFileSync(at, 'utf8').replace('"ANTHROPIC_MODEL": "GLM-4.6"', '"ANTHROPIC_MODEL": "mine"'));
  const status = (await clients.overview()).clients.find(({ id }) => id === 'claude-code');
  assert.equal(status?.applied, 'changed');
  assert.deepEqual(clients.undo('claude-code'), { restored: 'keys', kept: ['env.ANTHROPIC_MODEL'] });
  assert.deepEqual(JSON.parse(readFileSync(at, 'utf8')), { env: { ANTHROPIC_MODEL: 'mine' } });
});

test('a file that pointed here before is never taken for what the user had', async (t) => {
  const { clients, home, dataDir, apply } = house(t);
  const at = put(
    home,
    '.claude/settings.json',
    '{ "env": { "ANTHROPIC_BASE_URL": "http://localhost:8080" }, "theme": "dark" }\n',
  );
  await apply('claude-code');
  assert.ok(!existsSync(path.join(dataDir, 'client-backups')));
  clients.undo('claude-code');
  assert.deepEqual(JSON.parse(readFileSync(at, 'utf8')), { theme: 'dark' });
});

test('a link stays a link, and the file behind it changes', async (t) => {
  const { clients, home, apply } = house(t);
  const behind = put(home, 'dotfiles/claude.json', '{}\n');
  mkdirSync(path.join(home, '.claude'));
  const link = path.join(home, '.claude/settings.json');
  symlinkSync(behind, link);
  await apply('claude-code');
  assert.ok(readFileSync(behind, 'utf8').includes('8080'));
  clients.undo('claude-code');
  assert.equal(readFileSync(behind, 'utf8'), '{}\n');
});

test('nothing is written to a file that does not parse, has changed since it was looked at, leads nowhere or says so already', async (t) => {
  const { clients, home, choice, apply } = house(t);
  const at = put(home, '.claude/settings.json', '{ "env": ');
  await assert.rejects(clients.preview(choice('claude-code'), null), { reason: 'client_file_unparsable' });
  writeFileSync(at, '{}');
  const { version } = await clients.preview(choice('claude-code'), null);
  writeFileSync(at, '{ }');
  await assert.rejects(clients.apply(choice('claude-code'), null, version), { reason: 'client_file_busy' });
  assert.equal(readFileSync(at, 'utf8'), '{ }');
  await apply('claude-code');
  await assert.rejects(clients.preview(choice('claude-code'), null), { reason: 'client_nothing_to_do' });
  rmSync(at);
  symlinkSync(path.join(home, 'nowhere'), at);
  await assert.rejects(clients.preview(choice('claude-code'), null), { reason: 'client_file_link' });
  writeFileSync(path.join(home, 'nowhere'), Buffer.from([0x7b, 0xff, 0x7d]));
  await assert.rejects(clients.preview(choice('claude-code'), null), { reason: 'client_file_unparsable' });
});

test('without its backup a file is left alone', async (t) => {
  const { clients, home, dataDir, apply } = house(t);
  const at = put(home, '.claude/settings.json', '{ "env": { "ANTHROPIC_MODEL": "opus" } }\n');
  await apply('claude-code');
  const applied = readFileSync(at, 'utf8');
  rmSync(path.join(dataDir, 'client-backups'), { recursive: true });
  assert.throws(() => clients.undo('claude-code'), { reason: 'client_backup_gone' });
  assert.equal(readFileSync(at, 'utf8'), applied);
});

test('in a headless gateway that others can reach, files are shown as not to be changed', async (t) => {
  const { clients, choice } = house(t, { kind: 'headless', isHere: () => false });
  assert.equal((await clients.overview()).files.why, 'reachable');
  await assert.rejects(clients.preview(choice('claude-code'), null), { reason: 'client_file_remote' });
  assert.throws(() => clients.undo('claude-code'), { reason: 'client_file_remote' });
});

test('the doctor finds an address where nobody answers and a key of the past, and its fix changes no more', async (t) => {
  const { clients, home, choice, apply } = house(t);
  const busy = createServer().listen(0, '127.0.0.1');
  const idle = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(busy, 'listening'), once(idle, 'listening')]);
  t.after(() => busy.close());
  const [served, dead] = [busy, idle].map((server) => portOf(server));
  await new Promise((resolve) => idle.close(resolve));
  const at = put(
    home,
    '.codex/config.toml',
    `model = "x"\n[model_providers.gone]\nbase_url = "http://localhost:${dead}/v1" # old\nenv_key = "K"\n[model_providers.there]\nbase_url = "http://127.0.0.1:${served}/v1"\n`,
  );
  put(
    home,
    '.claude/settings.json',
    '{ "env": { "ANTHROPIC_BASE_URL": "http://127.0.0.1:8080", "ANTHROPIC_AUTH_TOKEN": "sk-local-an-old-one-0123" } }',
  );
  const { strays } = await clients.overview();
  assert.deepEqual(
    strays.map(({ client, place, why }) => ({ client, place, why })),
    [
      { client: 'claude-code', place: 'env.ANTHROPIC_BASE_URL', why: 'old-key' },
      { client: 'codex', place: 'model_providers.gone.base_url', why: 'nobody' },
    ],
  );
  const preview = await clients.preview(choice('codex'), 'model_providers.gone.base_url');
  assert.deepEqual(
    preview.lines.filter(({ kind }) => kind === 'removed').map(({ text }) => text),
    [`base_url = "http://localhost:${dead}/v1" # old`],
  );
  await apply('codex', {}, 'model_providers.gone.base_url');
  await apply('claude-code', {}, 'env.ANTHROPIC_BASE_URL');
  assert.match(readFileSync(at, 'utf8'), /base_url = "http:\/\/127\.0\.0\.1:8080\/v1" # old\n/);
  // The provider of Codex takes its key from a variable, so its file has none that could be old.
  assert.deepEqual((await clients.overview()).strays, []);
});

test('what is shown never holds the key, and what is copied does', (t) => {
  const { clients, choice } = house(t);
  for (const client of [
    'claude-code',
    'codex',
    'opencode',
    'curl',
    'openai-sdk',
    'cherry-studio',
    'open-webui',
  ] as const)
    assert.ok(!JSON.stringify(clients.sheet(choice(client))).includes(key.slice(-8)), client);
  assert.ok(clients.part(choice('claude-code'), 'command', 'sh').includes(key));
  const link = clients.part(choice('cherry-studio'), 'link', 'openai');
  const data = Buffer.from(decodeURIComponent(link.split('data=')[1] ?? ''), 'base64').toString();
  assert.deepEqual(JSON.parse(data), {
    id: 'traygate-openai',
    baseUrl: 'http://127.0.0.1:8080',
    apiKey: key,
    name: 'Traygate',
    type: 'openai',
  });
  assert.ok(
    clients
      .part(choice('curl', { host: 'docker' }), 'snippet', 'anthropic')
      .includes('http://host.docker.internal:8080/v1/messages'),
  );
  assert.ok(clients.part(choice('curl', { host: 'lan' }), 'openai', null) === 'http://192.168.1.5:8080/v1');
});
