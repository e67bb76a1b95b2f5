import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { createLog } from './log.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-log-'));
after(() => rmSync(folder, { recursive: true }));

test('a log that can no longer be written ends nothing', { skip: process.platform === 'win32' }, () => {
  const module = path.join(import.meta.dirname, 'log.ts');
  const script = `
    const { createLog } = await import(${JSON.stringify(module)});
    const log = createLog(${JSON.stringify(folder)}, { debug: false, terminal: false });
    for (let at = 0; at < 200; at++) log.logger.info('x'.repeat(500));
    await new Promise((resolve) => setTimeout(resolve, 50));
    log.close();
    console.log('alive');`;
  // In blocks of 512 or 1024 bytes: room for some lines, not for all.
  const shell = spawnSync('sh', [
    '-c',
    'ulimit -f 20; exec "$0" "$@"',
    process.execPath,
    '--input-type=module',
    '-e',
    script,
  ]);
  assert.equal(shell.stdout.toString().trim(), 'alive', shell.stderr.toString());
});

test('the file is put aside when it has grown, while it is written, and few are kept', () => {
  const dataDir = mkdtempSync(path.join(folder, 'rotate-'));
  const log = createLog(dataDir, { debug: false, terminal: false });
  const line = 'x'.repeat(1024 * 1024);
  for (let at = 0; at < 60; at++) log.logger.info(line);
  log.close();
  const files = readdirSync(path.join(dataDir, 'logs')).toSorted();
  assert.deepEqual(files, ['traygate.1.log', 'traygate.2.log', 'traygate.3.log', 'traygate.log']);
  for (const name of files) {
    const { size, mode } = statSync(path.join(dataDir, 'logs', name));
    assert.ok(size < 12 * 1024 * 1024, name);
    if (process.platform !== 'win32') assert.equal(mode & 0o777, 0o600);
  }
});

test('a line after the end is lost, not thrown', () => {
  const log = createLog(mkdtempSync(path.join(folder, 'closed-')), { debug: false, terminal: false });
  log.close();
  log.logger.info('late');
});

test('F129: what a stranger writes stays in one line, as text', () => {
  const dataDir = mkdtempSync(path.join(folder, 'hostile-'));
  const log = createLog(dataDir, { debug: false, terminal: false });
  const hostile = 'a\r\nb\u001b[31mred\u009b2J\u202etxt.exe\u2066\u2028next\u0000\ufeff';
  log.logger.warn({ hostile }, hostile);
  log.logger.error({ err: new Error(hostile) });
  log.close();
  const text = readFileSync(path.join(dataDir, 'logs/traygate.log'), 'utf8');
  const lines = text.split('\n').filter(Boolean);
  assert.equal(lines.length, 2);
  assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  const [first = ''] = lines;
  assert.equal((JSON.parse(first) as { hostile: string }).hostile, hostile);
});
