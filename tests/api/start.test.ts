/** `npm start` as a newcomer runs it: builds what is stale, says where it listens, ends as asked. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { findElectron } from '../../electron/find-electron.ts';
import { nowhere } from '../nowhere.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-start-'));
const started: ChildProcess[] = [];
after(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Start {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves when the output matches; rejects when the process ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code. */
  readonly exit: Promise<number | null>;
}

function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Start {
  const { ELECTRON_OVERRIDE_DIST_PATH: _standIn, DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  const entry = path.join(import.meta.dirname, '../../electron/start.ts');
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: folder,
    env: { ...rest, ...nowhere, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  const changed = new EventTarget();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      changed.dispatchEvent(new Event('change'));
    });
  }
  const exit = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  return {
    child,
    output: () => output,
    exit,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output);
          if (found) resolve(found);
        };
        changed.addEventListener('change', look);
        void exit.then((code) => reject(new Error(`ended with ${code}:\n${output}`)));
        look();
      }),
  };
}

test('headless: address, link and key file are printed, the key is not; a second start is refused; SIGTERM ends it with 0', async () => {
  const dataDir = path.join(folder, 'data');
  const first = start(['--headless', '--port', '0', '--data-dir', dataDir, '--host', '127.0.0.1']);
  const [, url = ''] = await first.until(/Base URL +(\S+)\/v1[\s\S]*Data /);
  assert.match(first.output(), /Window +http:\/\/127\.0\.0\.1:\d+\/ui\/#\/sign-in\?code=[\w-]{20,}/);
  const file = path.join(dataDir, 'client-key');
  const key = readFileSync(file, 'utf8').trim();
  assert.ok(first.output().includes(file) && !first.output().includes(key));
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  const models = await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal(models.status, 200);

  const second = start(['--headless', '--port', '0', '--data-dir', dataDir]);
  assert.equal(await second.exit, 69);
  assert.ok(second.output().includes(`pid ${first.child.pid}`) && second.output().includes(url), second.output());

  first.child.kill('SIGTERM');
  // Windows has no signals: the process just ends.
  if (process.platform !== 'win32') assert.equal(await first.exit, 0);
});

test('a setting that is not allowed ends the start with one line that names it', async () => {
  const refused = start(['--headless', '--data-dir', path.join(folder, 'other')], { LISTEN_PORT: '99999' });
  assert.equal(await refused.exit, 78);
  assert.equal(refused.output().trim(), 'LISTEN_PORT is not allowed: it must be a whole number from 1 to 65535.');
});

const electron = findElectron();
const why = 'why' in electron || process.platform === 'linux' ? false : 'an Electron that can run here is installed';
test('without Electron or a display it says so in one line and starts headless', { skip: why }, async () => {
  const fallen = start(['--port', '0', '--data-dir', path.join(folder, 'fallen')]);
  await fallen.until(/Data /);
  assert.match(fallen.output(), /^(Building .*\n)?Running without the desktop shell: .+\.\nTraygate /);
  fallen.child.kill('SIGTERM');
  await fallen.exit;
});

// Here, because only what the starts above have built is sure to be whole.
test('npx traygate: in a checkout, and from what npm pack makes without a single package', () => {
  const shell = process.platform === 'win32';
  const root = path.join(import.meta.dirname, '../..');
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    shell,
    stdio: 'ignore',
  });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', archive], { cwd: folder });
  const packed = path.join(folder, 'package');
  const files = readdirSync(packed, { recursive: true, encoding: 'utf8' });
  assert.deepEqual(
    files.filter((name) => /\.(?:ts|map)$|^tests|node_modules/.test(name)),
    [],
  );

  const old = path.join(folder, 'python');
  mkdirSync(old);
  writeFileSync(path.join(old, 'tokens.txt'), 'token-of-the-old-server-0123456789\n');
  for (const place of [root, packed]) {
    const args = ['import', '--from', old, '--data-dir', path.join(folder, path.basename(place)), '--dry-run'];
    const out = execFileSync(process.execPath, [path.join(place, 'electron/cli.mjs'), ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.match(out, /tokens\.txt:1 #\w+ +added +zai, as Z1\n/);
  }
  if (shell) return;
  // The same in the image.
  const env = {
    PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
    DATA_DIR: mkdtempSync(path.join(folder, 'volume-')),
  };
  const out = execFileSync('sh', [path.join(root, 'deploy/start.sh'), 'import', '--from', old], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  assert.match(out, /To +\S+volume-\S+\n[\s\S]*tokens\.txt:1 #\w+ +added +zai, as Z1\n/);
});
