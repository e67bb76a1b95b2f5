/** `import`: the folder of a Python server into a data folder, as a user runs it, and the product that then runs on it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, test } from 'node:test';
import { z } from 'zod';
import { importCommand } from '../../electron/gateway/migrate/command.ts';
import { StartError } from '../../electron/gateway/shell.ts';
import { Token } from '../../shared/token.ts';
import { Product } from './product.ts';

const root = mkdtempSync(path.join(tmpdir(), 'traygate-import-test-'));
after(() => rmSync(root, { recursive: true, force: true }));
const entry = path.join(import.meta.dirname, '../../electron/headless.ts');
const token = (name: string): string => `${name}-${'x'.repeat(30)}`;

interface Row {
  readonly provider?: string;
  readonly token: string;
  readonly type?: string;
  readonly enabled?: number;
  readonly priority?: number;
}

let made = 0;
/** A folder as the Python server leaves it. */
function server(files: Readonly<Record<string, string>>, rows: readonly Row[] = [], database = 'tokens.db'): string {
  const dir = path.join(root, `server-${++made}`);
  mkdirSync(path.join(dir, 'data'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(dir, name), text);
  if (rows.length > 0) writeDatabase(path.join(dir, database), rows);
  return dir;
}

function writeDatabase(file: string, rows: readonly Row[], mode = 'DELETE'): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA journal_mode = ${mode};
    CREATE TABLE tokens (id INTEGER PRIMARY KEY AUTOINCREMENT, provider TEXT NOT NULL, token TEXT NOT NULL UNIQUE,
      token_type TEXT DEFAULT 'user', is_enabled BOOLEAN DEFAULT 1, priority INTEGER DEFAULT 0,
      created_at DATETIME DEFAULT CURRENT_TIMESTAMP, UNIQUE (provider, token));
    CREATE TABLE token_stats (id INTEGER PRIMARY KEY, token_id INTEGER, total_requests INTEGER);`);
  const insert = database.prepare(
    'INSERT INTO tokens (provider, token, token_type, is_enabled, priority) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { provider = 'zai', token: value, type = 'user', enabled = 1, priority = 0 } of rows)
    insert.run(provider, value, type, enabled, priority);
  if (mode === 'DELETE') database.close();
  return database;
}

function run(from: string, dataDir: string, ...more: string[]) {
  const args = [entry, 'import', '--from', from, '--data-dir', dataDir, ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: root },
  });
  return { status, out: stdout, err: stderr };
}

/** The same within this process, where a process of its own would show no more. */
const runHere = (from: string, dataDir: string, ...more: string[]) => runWith({}, from, dataDir, ...more);

async function runWith(
  environment: Readonly<Record<string, string>>,
  from: string,
  dataDir: string,
  ...more: string[]
) {
  let out = '';
  const args = ['--from', from, '--data-dir', dataDir, ...more];
  const status = await importCommand(args, environment, (text) => void (out += text));
  return { status, out };
}

const freshHome = (): string => mkdtempSync(path.join(root, 'home-'));
/** What the report says of a line, with its blanks as one. */
function says(out: string, subject: string): string {
  const line = out.split('\n').find((one) => one.trim().startsWith(`${subject} `));
  return line?.trim().replaceAll(/ +/g, ' ') ?? `nothing of ${subject} in:\n${out}`;
}
/** All that a data folder holds, but for the bytes of the database, which a start may arrange anew. */
function saved(dataDir: string): unknown {
  const database = new DatabaseSync(path.join(dataDir, 'traygate.db'), { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    return [
      readFileSync(path.join(dataDir, 'settings.json'), 'utf8'),
      readFileSync(path.join(dataDir, 'secret.key'), 'utf8'),
      ...tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${String(name)}"`).all()]),
    ];
  } finally {
    database.close();
  }
}
const contents = (dir: string): string =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const file = path.join(dir, name);
      const stat = statSync(file);
      return `${name} ${stat.isFile() ? readFileSync(file).toString('base64') : ''} ${stat.isFile() ? stat.mtimeMs : ''}`;
    })
    .join('\n');

describe('a whole server', () => {
  const key = 'sk-carried-client#key-471108';
  const from = server(
    {
      '.env': [
        `AUTH_TOKEN=${key}`,
        'LISTEN_PORT=18099',
        'TOKEN_FAILURE_THRESHOLD=5',
        'TOKEN_AUTO_MAINTENANCE_ENABLED=true',
        'TOKEN_AUTO_MAINTENANCE_INTERVAL=7200',
        'GLM45_MODEL=house-model',
        'HTTPS_PROXY=http://user:proxypassword@127.0.0.1:9',
        `LONGCAT_PASSPORT_TOKEN=${token('passport')}`,
        'ADMIN_PASSWORD=admin123',
        'MAX_RETRIES=5',
        'SOMETHING=somethingsecret',
        'TOKEN_AUTO_IMPORT_SOURCE_DIR=./data',
        'GLM5_MODEL=GLM-5',
        'and a line that is none',
      ].join('\r\n'),
      'tokens.txt': `\uFEFF# mine\r\n${token('listed')}, ${token('both')}\r\n"${token('listed')}"\r\nyour_token_here\r\n`,
      'longcat_tokens.txt': token('cat'),
      'data/account.json': JSON.stringify({ token: token('account'), email: 'joe@example.org' }),
      'data/none.json': '[]',
    },
    [
      { token: token('first'), priority: 10 },
      { token: token('off'), enabled: 0 },
      { token: token('guest'), type: 'guest' },
      { token: token('both') },
      { token: token('think'), provider: 'k2think', type: 'unknown' },
      { token: token('stranger'), provider: 'elsewhere' },
    ],
  );
  const home = freshHome();
  const data = path.join(home, 'data');

  test('a dry run says all of it and leaves no trace', () => {
    const { status, out } = run(from, data, '--dry-run');
    assert.equal(status, 0, out);
    assert.match(out, /added 8, guest 1, duplicate 2\./);
    assert.deepEqual(readdirSync(home), []);
  });

  test('each variable and each token has its line, the folder stays as it was, and no secret is shown', () => {
    const before = contents(from);
    const { status, out, err } = run(from, data);
    assert.equal(status, 0, err);
    assert.equal(contents(from), before);
    assert.match(says(out, 'AUTH_TOKEN'), /taken over as the default client key #[0-9a-f]{6}$/);
    assert.match(says(out, 'LISTEN_PORT'), /taken over server\.port = 18099$/);
    assert.match(says(out, 'TOKEN_FAILURE_THRESHOLD'), /taken over pool\.failureThreshold = 5$/);
    assert.match(says(out, 'TOKEN_AUTO_MAINTENANCE_ENABLED'), /taken over tokens\.maintainHours = 2$/);
    assert.match(says(out, 'HTTPS_PROXY'), /taken over network\.proxy = http:\/\/•••@127/);
    assert.match(says(out, 'ADMIN_PASSWORD'), /refused admin123 .* choose another/);
    assert.match(says(out, 'MAX_RETRIES'), /no meaning how often a request is tried is retry\.attempts/);
    assert.match(says(out, 'SOMETHING'), /no meaning/);
    assert.match(says(out, 'tokens.db'), /taken over 6 tokens; its counters .* stay there/);
    assert.match(says(out, 'tokens.db 1'), /#[0-9a-f]{6} added zai, as Z1$/);
    assert.match(says(out, 'tokens.db 2'), /added zai, as Z2, switched off, as there, tier 2$/);
    assert.match(says(out, 'tokens.db 3'), /guest zai, saved switched off as Z3/);
    assert.match(says(out, 'tokens.db 6'), /refused there is no provider “elsewhere”/);
    assert.match(out, /tokens\.txt:2 #\w+ +added/);
    assert.match(out, /tokens\.txt:2 #\w+ +duplicate +of the one that is added as Z4/);
    assert.match(out, /tokens\.txt:3 #\w+ +duplicate/);
    assert.match(out, /tokens\.txt:4 #\w+ +refused +it is a placeholder/);
    assert.match(says(out, 'data/account.json'), /added zai, as Z6, tier 2$/);
    assert.match(says(out, 'data/none.json'), /refused it is no JSON object with a token$/);
    assert.match(says(out, 'GLM5_MODEL'), /already so it is the usual name/);
    assert.match(says(out, '.env:14'), /refused it is not NAME=value/);
    const secrets = ['first', 'off', 'guest', 'both', 'think', 'stranger', 'listed', 'cat', 'passport', 'account'].map(
      token,
    );
    for (const secret of [...secrets, key, 'proxypassword', 'somethingsecret', 'xxxxx'])
      assert.ok(!`${out}${err}`.includes(secret), secret);
  });

  test('a second run changes nothing', () => {
    const before = saved(data);
    const { status, out } = run(from, data);
    assert.equal(status, 0);
    assert.deepEqual(saved(data), before);
    assert.doesNotMatch(out, /\b(?:added|guest|duplicate) \d/);
    assert.match(says(out, 'AUTH_TOKEN'), /already so/);
    assert.match(says(out, 'LISTEN_PORT'), /already so server\.port = 18099$/);
    assert.match(says(out, 'tokens.db 2'), /already so saved here as Z2$/);
  });

  test('the product that runs on it has tokens, settings and the key, and keeps the folder to itself', async () => {
    const product = await Product.start({}, undefined, { home });
    try {
      assert.equal(product.key, key);
      assert.equal((await product.ask('/v1/models')).status, 200);
      const tokens = z.array(Token).parse(await product.call('tokens.list', { provider: 'zai' }));
      assert.deepEqual(
        tokens.map(({ alias, enabled, role, state, priority }) => [alias, enabled, role, state, priority]),
        [
          ['Z1', true, 'unknown', 'unverified', 1],
          ['Z2', false, 'unknown', 'off', 2],
          ['Z3', false, 'guest', 'off', 2],
          ['Z4', true, 'unknown', 'unverified', 2],
          ['Z5', true, 'unknown', 'unverified', 2],
          ['Z6', true, 'unknown', 'unverified', 2],
        ],
      );
      assert.equal(z.array(Token).parse(await product.call('tokens.list', { provider: 'longcat' })).length, 2);
      assert.equal(z.array(Token).parse(await product.call('tokens.list', { provider: 'k2think' })).length, 1);
      const names = z
        .object({ data: z.array(z.object({ id: z.string() })) })
        .parse((await product.ask('/v1/models')).json());
      assert.ok(names.data.some(({ id }) => id === 'house-model'));
      const refused = run(from, data);
      assert.equal(refused.status, 69);
      assert.ok(
        refused.err.startsWith(`Traygate already runs on ${data} (pid ${product.pid}, ${product.url}`),
        refused.err,
      );
      assert.equal(run(from, data, '--dry-run').status, 69);
    } finally {
      await product.stop();
    }
  });
});

const variables: readonly (readonly [env: string, name: string, expected: RegExp])[] = [
  ['AUTH_TOKEN=sk-your-api-key', 'AUTH_TOKEN', /refused .*give your clients the key/],
  ['AUTH_TOKEN=short', 'AUTH_TOKEN', /taken over .*it can be guessed, so Traygate answers this computer only/],
  ['LISTEN_PORT=1', 'AUTH_TOKEN', /it is not set; clients need the key/],
  ['ANTHROPIC_API_KEY=sk-ant-carried-0123456789', 'ANTHROPIC_API_KEY', /“Python server, Anthropic” .*every route/],
  ['SKIP_AUTH_TOKEN=1', 'SKIP_AUTH_TOKEN', /already so server\.keyRequired = true/],
  ['SKIP_AUTH_TOKEN=TRUE', 'SKIP_AUTH_TOKEN', /taken over server\.keyRequired = false/],
  ['ANONYMOUS_MODE=no', 'ANONYMOUS_MODE', /taken over providers\.zai\.guestMode = false/],
  ['SCAN_LIMIT=5', 'SCAN_LIMIT', /refused it must be a whole number .*default applies/],
  ['API_ENDPOINT=https://chat.z.ai/api/chat/completions', 'API_ENDPOINT', /no meaning it is Z\.AI itself/],
  ['API_ENDPOINT=https://mirror.example/v2', 'API_ENDPOINT', /taken over providers\.zai\.completionUrl/],
  ['GLM45_MODEL=GLM-4.7', 'GLM45_MODEL', /refused .*Choose another name/],
  ['HTTP_PROXY=http://a:1\nHTTPS_PROXY=http://b:2', 'HTTP_PROXY', /no meaning .*HTTPS_PROXY/],
  ['ADMIN_PASSWORD=short', 'ADMIN_PASSWORD', /refused .*6 characters or more/],
  ['ADMIN_PASSWORD=mysecretword', 'ADMIN_PASSWORD', /environment passwords are not saved/],
  ['TOKEN_AUTO_DELETE_INVALID=false', 'TOKEN_AUTO_DELETE_INVALID', /taken over tokens\.pruneDays = 0/],
  ['ROOT_PATH=', 'ROOT_PATH', /no meaning it is empty/],
];
for (const [env, name, expected] of variables)
  test(`${env.replace('\n', ', ')}: ${expected.source}`, async () => {
    const { out } = await runHere(server({ '.env': env }), path.join(freshHome(), 'data'));
    assert.match(says(out, name), expected);
  });

test('every variable of the Python server is in the guide, and is told of', async () => {
  const guide = readFileSync(path.join(import.meta.dirname, '../../docs/migration.md'), 'utf8');
  const names = [...guide.matchAll(/^\| (`[A-Z][^|]*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name = '']) => name),
  );
  assert.ok(names.length >= 55, String(names.length));
  const env = names.map((name) => `${name}=${name.endsWith('MODEL') ? `my-${name}` : '7'}`).join('\n');
  const { out } = await runHere(server({ '.env': env }), path.join(freshHome(), 'data'), '--dry-run');
  for (const name of names) assert.doesNotMatch(says(out, name), /^nothing of|knows no such variable/, name);
});

test('what has been changed here stays', async () => {
  const dataDir = path.join(freshHome(), 'data');
  await runHere(server({ '.env': 'LISTEN_PORT=18001\nAUTH_TOKEN=sk-first-client-key-0001' }), dataDir);
  const { out } = await runHere(server({ '.env': 'LISTEN_PORT=18002\nAUTH_TOKEN=sk-second-client-key-0002' }), dataDir);
  assert.match(says(out, 'LISTEN_PORT'), /kept server\.port has been changed here and stays 18001 \(there: 18002\)/);
  assert.match(says(out, 'AUTH_TOKEN'), /taken over as the client key “Python server”/);
});

describe('files that cannot be read are told of, and the rest is taken over', () => {
  const listed = { 'tokens.txt': token('listed') };
  const cases: readonly (readonly [string, () => { dir: string; after?: () => void }, RegExp])[] = [
    ['damaged', () => ({ dir: server({ ...listed, 'tokens.db': 'no database at all, but long enough to be looked at' }) }), /it is damaged/],
    ['of another kind', () => {
      const dir = server(listed);
      const database = new DatabaseSync(path.join(dir, 'tokens.db'));
      database.exec('CREATE TABLE other (id)');
      database.close();
      return { dir };
    }, /it has no table of tokens/],
    ['locked', () => {
      const dir = server(listed, [{ token: token('inside') }]);
      const database = new DatabaseSync(path.join(dir, 'tokens.db'));
      database.exec('BEGIN EXCLUSIVE');
      return { dir, after: () => database.close() };
    }, /it is locked by a running program: stop the Python server/],
  ]; // prettier-ignore
  for (const [name, make, expected] of cases)
    test(`a database that is ${name}`, async () => {
      const { dir, after: close } = make();
      const { status, out } = await runHere(dir, path.join(freshHome(), 'data'));
      close?.();
      assert.equal(status, 65, out);
      assert.match(says(out, 'tokens.db'), new RegExp(`not read ${expected.source}`));
      assert.match(out, /tokens\.txt:1 #\w+ +added/);
    });

  test('a file that is named and missing', async () => {
    const { status, out } = await runHere(
      server({ '.env': 'AUTH_TOKENS_FILE=gone.txt' }),
      path.join(freshHome(), 'data'),
    );
    assert.equal(status, 65);
    assert.match(out, /AUTH_TOKENS_FILE +not read +it names gone\.txt, which is not there/);
  });
});

test('files of editors on Windows: UTF-16, and UTF-8 with a byte order mark', async () => {
  const wide = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
  const dir = server({ 'longcat_tokens.txt': `\uFEFF${token('marked')}\r\n` });
  writeFileSync(path.join(dir, '.env'), wide('AUTH_TOKEN=sk-carried-client-key-471108\r\nLISTEN_PORT="18098"\r\n'));
  writeFileSync(path.join(dir, 'tokens.txt'), wide(`${token('wide')}\r\n`));
  const { status, out } = await runHere(dir, path.join(freshHome(), 'data'));
  assert.equal(status, 0, out);
  assert.match(says(out, 'AUTH_TOKEN'), /taken over as the default client key/);
  assert.match(says(out, 'LISTEN_PORT'), /server\.port = 18098$/);
  assert.match(out, / added 2\.|added 2, /);
});

test('a database in WAL mode is read whole while its server has it open, and gets no side files from us', async () => {
  const dir = server({ '.env': 'DB_PATH=/app/data/tokens.db' });
  const open = writeDatabase(path.join(dir, 'data/tokens.db'), [{ token: token('wal') }], 'WAL');
  try {
    const before = readdirSync(path.join(dir, 'data'));
    const { status, out } = await runHere(dir, path.join(freshHome(), 'data'));
    assert.equal(status, 0, out);
    assert.match(says(out, 'data/tokens.db 1'), /added zai, as Z1$/);
    assert.deepEqual(readdirSync(path.join(dir, 'data')), before);
  } finally {
    open.close();
  }
});

const misuses: readonly (readonly [args: readonly string[], expected: RegExp])[] = [
  [[], /^--from is missing/],
  [['--from', path.join(root, 'nowhere')], /^There is no folder/],
  [['--from', root], /holds no \.env/],
  [['--form', root], /Unknown option/],
];
for (const [args, expected] of misuses)
  test(`nothing is done: ${expected.source}`, async () => {
    await assert.rejects(
      importCommand(args, {}, () => {}),
      (error) => error instanceof StartError && error.exitCode === 64 && expected.test(error.message),
    );
  });

test('what is wrong with the command line is said without a stack, with exit code 64', () => {
  const { status, out, err } = run(path.join(root, 'nowhere'), path.join(freshHome(), 'data'));
  assert.deepEqual([status, out, err], [64, '', `There is no folder ${path.join(root, 'nowhere')}.\n`]);
});

test('a data folder that is sealed with a passphrase is left as it is without it', async () => {
  const dataDir = path.join(freshHome(), 'data');
  const sealed = { TRAYGATE_SECRET_KEY: 'a passphrase of many characters' };
  const dir = server({ 'tokens.txt': token('first') });
  await runWith(sealed, dir, dataDir);
  const before = readdirSync(dataDir);
  writeFileSync(path.join(dir, 'tokens.txt'), token('second'));
  for (const more of [[], ['--dry-run']])
    await assert.rejects(
      runHere(dir, dataDir, ...more),
      (error) => error instanceof StartError && error.exitCode === 78 && /Set TRAYGATE_SECRET_KEY/.test(error.message),
    );
  assert.deepEqual(readdirSync(dataDir), before);
  assert.match((await runWith(sealed, dir, dataDir)).out, /\badded 1\b/);
});

test('a key that can be guessed is carried, and keeps the product to this computer', async () => {
  const home = freshHome();
  await runHere(server({ '.env': 'AUTH_TOKEN=short' }), path.join(home, 'data'));
  await assert.rejects(
    Product.start({}, undefined, { home, settings: { server: { host: '0.0.0.0', port: 0 } } }),
    /the key of Default can be guessed/,
  );
});
