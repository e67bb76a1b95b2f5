import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { ProviderId } from '../../../shared/provider.ts';
import { hostsOf } from '../doctor/services.ts';
import { TokenFolder } from './token-folder.ts';

const root = mkdtempSync(path.join(tmpdir(), 'traygate-folder-'));
after(() => rmSync(root, { recursive: true }));

const token = (name: string) => `watched-token-${'0'.repeat(10)}-${name}`;
let minute = 0;

/** A folder and the pools that it fills, by provider and file. */
function setUp(folder: string | null = mkdtempSync(path.join(root, 'f-'))) {
  const pools = new Map<string, readonly string[]>();
  const watched = new TokenFolder({
    folder: () => folder,
    hosts: () => hostsOf([]),
    providers: () => ['zai-api', 'longcat', 'k2think', 'zai'],
    sync(provider: ProviderId, secrets, origin) {
      const before = pools.get(`${provider} ${origin}`) ?? [];
      pools.set(`${provider} ${origin}`, secrets);
      return {
        added: secrets.filter((secret) => !before.includes(secret)).length,
        gone: before.filter((secret) => !secrets.includes(secret)).length,
      };
    },
    log: pino({ enabled: false }),
  });
  after(() => watched.stop());
  /** Written long enough ago to be calm, each time at another moment. */
  const write = (name: string, text: string) => {
    const file = path.join(folder ?? root, name);
    writeFileSync(file, text);
    utimesSync(file, 1_700_000_000 + 60 * ++minute, 1_700_000_000 + 60 * minute);
  };
  return { watched, pools: () => Object.fromEntries(pools), write, folder };
}

test('files of tokens are taken in, whose they are by name or by themselves; others are left alone', () => {
  const { watched, pools, write } = setUp();
  write('tokens.txt', `# mine\n${token('a')}, ${token('b')}`);
  write('tokens-longcat.txt', token('l'));
  write('tokens.json', JSON.stringify({ token: `${'0a'.repeat(16)}.AbCdEf0123456789` }));
  write('notes.txt', token('x'));
  write('tokens.exe', token('y'));
  watched.scan();
  assert.deepEqual(pools(), {
    'zai file tokens.txt': [token('a'), token('b')],
    'longcat file tokens-longcat.txt': [token('l')],
    'zai-api file tokens.json': [`${'0a'.repeat(16)}.AbCdEf0123456789`],
  });
});

test('a file is followed; one that is emptied, gone, or no longer reachable takes nothing away', () => {
  const { watched, pools, write, folder } = setUp();
  const now = () => {
    watched.scan();
    return pools()['zai file tokens.txt'];
  };
  write('tokens.txt', `${token('a')}\n${token('b')}`);
  assert.deepEqual(now(), [token('a'), token('b')]);
  write('tokens.txt', `${token('b')}\n${token('c')}`);
  assert.deepEqual(now(), [token('b'), token('c')]);
  write('tokens.txt', '');
  assert.deepEqual(now(), [token('b'), token('c')]);
  rmSync(path.join(folder ?? '', 'tokens.txt'));
  assert.deepEqual(now(), [token('b'), token('c')]);
  renameSync(folder ?? '', `${folder}-off`);
  assert.deepEqual(now(), [token('b'), token('c')]);
});

test('a file that is being written is read when it is calm, without being asked', async () => {
  const { watched, pools, folder } = setUp();
  watched.start();
  const file = path.join(folder ?? '', 'tokens.txt');
  writeFileSync(file, token('a'));
  watched.scan();
  assert.deepEqual(pools(), {});
  writeFileSync(file, `${token('a')}\n${token('b')}`);
  for (let tries = 0; pools()['zai file tokens.txt'] === undefined && tries < 100; tries++) await sleep(100);
  assert.deepEqual(pools(), { 'zai file tokens.txt': [token('a'), token('b')] });
});

test('no setting, no folder and a folder that is a file are no faults', () => {
  for (const folder of [null, path.join(root, 'nowhere')]) {
    const { watched, pools } = setUp(folder);
    watched.start();
    assert.deepEqual(pools(), {});
  }
  const { watched, folder, pools } = setUp();
  mkdirSync(path.join(folder ?? '', 'tokens.txt'));
  watched.start();
  assert.deepEqual(pools(), {});
});
