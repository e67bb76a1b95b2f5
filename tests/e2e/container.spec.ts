/** What the container image runs, without Docker: its start script as a user without rights, in a tree nobody can write to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from './fixtures.ts';
import { end } from './harness/ending.ts';
import { cleanEnvironment, repository } from './harness/machine.ts';

const setpriv = '/usr/bin/setpriv';
const uid = 10001;
const isRoot = process.getuid?.() === 0;

test.skip(({ shell }) => shell !== 'headless', 'a container has no desktop');
test.skip(process.platform !== 'linux', 'containers run Linux');
test.skip(isRoot && !existsSync(setpriv), 'root needs setpriv to become somebody else');

/** Everything below can be read by all and written by nobody. */
function seal(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chmodSync(path.join(entry.parentPath, entry.name), entry.isDirectory() ? 0o555 : 0o444);
  chmodSync(folder, 0o555);
}

function run(script: string, environment: Record<string, string>): ChildProcess {
  const as = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--no-new-privs'];
  const [command, ...args] = isRoot ? ([setpriv, ...as, '/bin/sh', script] as const) : (['/bin/sh', script] as const);
  return spawn(command, args, {
    cwd: '/',
    env: {
      ...cleanEnvironment(environment),
      PATH: `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('exit', resolve);
  });

test('the start script of the image runs without rights in a read-only tree, is healthy, and drains on SIGTERM', async ({
  start,
}) => {
  const root = path.join(start.dataDir, 'image');
  const data = path.join(start.dataDir, 'volume');
  for (const folder of [root, data]) mkdirSync(folder);
  for (const part of ['dist', 'package.json', 'deploy'])
    cpSync(path.join(repository, part), path.join(root, part), { recursive: true });
  seal(root);
  chmodSync(start.dataDir, 0o755);
  if (isRoot) chownSync(data, uid, uid);
  const script = path.join(root, 'deploy/start.sh');
  const environment = {
    ...start.environment,
    DATA_DIR: data,
    LISTEN_HOST: '127.0.0.1',
    LISTEN_PORT: String(start.port),
    // As compose hands on what is not set.
    AUTH_TOKEN: '',
    ADMIN_PASSWORD: '',
    TRAYGATE_SECRET_KEY: '',
  };
  const child = run(script, environment);
  const exit = ended(child);
  try {
    for await (const line of createInterface({ input: child.stdout ?? process.stdin }))
      if (line.includes('is running on')) break;
    child.stdout?.resume();

    const check = spawn(process.execPath, [path.join(root, 'deploy/healthcheck.mjs')], {
      env: { LISTEN_PORT: String(start.port) },
    });
    expect(await ended(check)).toBe(0);
    expect(statSync(path.join(data, 'client-key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(root).toSorted(), 'nothing was written beside the data folder').toEqual([
      'deploy',
      'dist',
      'package.json',
    ]);
  } finally {
    await end(child);
  }
  expect(await exit).toBe(0);

  const dead = spawn(process.execPath, [path.join(root, 'deploy/healthcheck.mjs')], {
    env: { LISTEN_PORT: String(start.port) },
  });
  expect(await ended(dead)).toBe(1);
  for (const entry of [root, path.join(root, 'dist'), path.join(root, 'deploy')]) chmodSync(entry, 0o755);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory()) chmodSync(path.join(entry.parentPath, entry.name), 0o755);
});

test('a volume that cannot be written to is told in one sentence', async ({ start }) => {
  const child = run(path.join(repository, 'deploy/start.sh'), { DATA_DIR: '/proc/nowhere' });
  const said: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  expect(await ended(child)).toBe(78);
  expect(said.join('')).toContain('/proc/nowhere cannot be written to');
  expect(start.port).toBeGreaterThan(0);
});
