import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { createConfStore } from '../settings/conf-store.ts';
import { Settings } from '../settings/settings.ts';
import { openDatabase } from '../storage/database.ts';
import { lockFolder } from '../storage/lock.ts';
import { settingsCopy, settingsFile } from './recover-settings.ts';
import { takeSnapshot } from './snapshot.ts';

const root = mkdtempSync(path.join(tmpdir(), 'traygate-recover-settings-'));
after(() => rmSync(root, { recursive: true }));

/** A folder with saved settings, their copy, and a backup of earlier ones. */
function folder(): string {
  const dataDir = mkdtempSync(path.join(root, 'd-'));
  openDatabase(dataDir).close();
  const settings = '{"ui":{"theme":"light"},"server":{"port":8081}}';
  takeSnapshot(dataDir, { kind: 'automatic', at: 1_000, version: '0', settings });
  const opened = new Settings(createConfStore(dataDir), []);
  opened.set('ui.theme', 'dark');
  opened.set('server.port', 8082);
  return dataDir;
}

const damages: readonly (readonly [name: string, content: string | Buffer])[] = [
  ['truncated', '{"ui":{"th'],
  ['full of NUL', Buffer.alloc(4096)],
  ['empty', ''],
  ['a list', '[]'],
  ['null', 'null'],
  ['a number', '5'],
  ['much too large', Buffer.alloc(100_000_000, ' ')],
];

for (const [name, content] of damages) {
  test(`F075: settings that are ${name} are kept, and what was saved last takes their place`, () => {
    const dataDir = folder();
    writeFileSync(settingsFile(dataDir), content);
    const store = createConfStore(dataDir);
    const settings = new Settings(store, []);
    assert.deepEqual([settings.get('ui.theme'), settings.get('server.port')], ['dark', 8082]);
    assert.equal(store.recovered?.from, 'copy');
    assert.match(store.recovered?.keptAs ?? '', /^settings\.damaged-[\dT.-]+Z\.json$/);
    assert.ok(readFileSync(path.join(dataDir, store.recovered?.keptAs ?? '')).equals(Buffer.from(content)));
    assert.equal(createConfStore(dataDir).recovered, null, 'once');
  });

  test(`F075: with the copy ${name} as well, the newest good backup does`, () => {
    const dataDir = folder();
    for (const file of [settingsFile(dataDir), settingsCopy(dataDir)]) writeFileSync(file, content);
    const store = createConfStore(dataDir);
    const settings = new Settings(store, []);
    assert.deepEqual([settings.get('ui.theme'), settings.get('server.port')], ['light', 8081]);
    assert.deepEqual([store.recovered?.from, store.recovered?.backup], ['backup', 1_000]);
  });
}

test('F076: with nothing good left, the defaults, which nobody else can reach', () => {
  const dataDir = folder();
  for (const file of [settingsFile(dataDir), settingsCopy(dataDir)]) writeFileSync(file, '{');
  const backups = path.join(dataDir, 'backups');
  for (const name of readdirSync(backups)) writeFileSync(path.join(backups, name), 'no database');
  const store = createConfStore(dataDir);
  const settings = new Settings(store, []);
  assert.deepEqual([settings.get('server.host'), settings.get('server.keyRequired')], ['127.0.0.1', true]);
  assert.deepEqual([store.recovered?.from, store.recovered?.backup], ['nothing', null]);
});

test('F075: of a file with a value that is not allowed, only that value is replaced, and named', () => {
  const dataDir = folder();
  const edited = { ui: { theme: 'dark', language: 'zh-CN' }, server: { port: 'x' }, logs: { keep: -1 }, own: [1] };
  writeFileSync(settingsFile(dataDir), JSON.stringify(edited));
  const store = createConfStore(dataDir);
  const settings = new Settings(store, []);
  assert.deepEqual(
    [settings.get('server.port'), settings.get('logs.keep'), settings.get('ui.language'), store.get('own')],
    [8082, 50_000, 'zh-CN', [1]],
  );
  assert.deepEqual(store.recovered?.settings, ['server.port', 'logs.keep']);
  assert.deepEqual(JSON.parse(readFileSync(path.join(dataDir, store.recovered?.keptAs ?? ''), 'utf8')), edited);
});

test('F078: settings of a newer version are refused as they are; what is not known is kept', () => {
  const dataDir = folder();
  const newer = '{"version":999,"ui":{"theme":"sepia"}}';
  writeFileSync(settingsFile(dataDir), newer);
  assert.throws(() => createConfStore(dataDir), { code: 'settings_newer', exitCode: 78 });
  assert.equal(readFileSync(settingsFile(dataDir), 'utf8'), newer);
  writeFileSync(settingsFile(dataDir), '{"version":1,"ui":{"theme":"light"},"tomorrow":{"x":1}}');
  new Settings(createConfStore(dataDir), []).set('ui.theme', 'dark');
  const saved: unknown = JSON.parse(readFileSync(settingsFile(dataDir), 'utf8'));
  assert.deepEqual(saved, { version: 1, ui: { theme: 'dark' }, tomorrow: { x: 1 } });
});

test('F082: damaged settings of a folder that is in use are left to its owner', () => {
  const dataDir = folder();
  const lock = lockFolder(dataDir);
  writeFileSync(settingsFile(dataDir), '{');
  assert.throws(() => createConfStore(dataDir), { code: 'already_running' });
  assert.equal(readFileSync(settingsFile(dataDir), 'utf8'), '{');
  lock.release();
});

test('a recovery that was cut in two is completed', () => {
  const dataDir = folder();
  rmSync(settingsFile(dataDir));
  writeFileSync(`${settingsFile(dataDir)}.restored`, '{"ui":{"theme":"light"}}');
  assert.equal(new Settings(createConfStore(dataDir), []).get('ui.theme'), 'light');
});

test(
  'a save that is impossible leaves file and copy as they were, and no other file',
  { skip: process.platform === 'win32' },
  () => {
    const dataDir = folder();
    const settings = new Settings(createConfStore(dataDir), []);
    const before = readFileSync(settingsFile(dataDir), 'utf8');
    // Something that cannot be replaced lies where the new file is to be written.
    mkdirSync(path.join(`${settingsFile(dataDir)}.traygate-new`, 'x'), { recursive: true });
    assert.throws(() => settings.set('ui.theme', 'light'));
    assert.equal(settings.get('ui.theme'), 'dark', 'what could not be saved does not count');
    assert.equal(readFileSync(settingsFile(dataDir), 'utf8'), before);
    assert.equal(readFileSync(settingsCopy(dataDir), 'utf8'), before);
  },
);
