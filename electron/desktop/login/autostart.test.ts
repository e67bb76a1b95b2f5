import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { followAutostart, launchOf } from './autostart.ts';
import { loginItem } from './login-item.ts';
import { desktopEntry, xdgAutostart } from './xdg-entry.ts';

const installed = { execPath: '/opt/Traygate/traygate', environment: {}, checkout: null, dataDir: undefined };

for (const [name, started, program, args] of [
  ['an installed program', installed, '/opt/Traygate/traygate', ['--hidden']],
  [
    'an AppImage',
    { ...installed, environment: { APPIMAGE: '/home/u/Traygate.AppImage' } },
    '/home/u/Traygate.AppImage',
    ['--hidden'],
  ],
  [
    'a portable program',
    { ...installed, environment: { PORTABLE_EXECUTABLE_FILE: 'D:\\T.exe' } },
    'D:\\T.exe',
    ['--hidden'],
  ],
  ['a checkout', { ...installed, checkout: '/src' }, '/opt/Traygate/traygate', ['/src', '--hidden']],
  [
    'a data folder of its own',
    { ...installed, dataDir: '/d' },
    '/opt/Traygate/traygate',
    ['--hidden', '--data-dir=/d'],
  ],
] as const) {
  test(`starts ${name} hidden`, () => {
    const { name: entry, ...launch } = launchOf(started);
    assert.deepEqual(launch, { program, args });
    const alone = started.checkout === null && started.dataDir === undefined;
    assert.match(entry, alone ? /^traygate$/ : /^traygate-[\da-f]{8}$/);
  });
}

/** What glib makes of a value, and a shell-like reading of its quotes: the specification's two layers, the other way round. */
function words(exec: string): string[] {
  const value = exec.replaceAll(/\\(.)/g, '$1');
  return [...value.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, inner = '']) =>
    inner.replaceAll(/\\(.)/g, '$1').replaceAll('%%', '%'),
  );
}

for (const program of ['/opt/T/traygate', '/home/a b/T', '/x/$HOME/`id`', '/x/"q"/\\b', '/x/100%u']) {
  test(`an entry starts exactly ${program}`, () => {
    const exec = /^Exec=(.*)$/m.exec(desktopEntry({ program, args: ['--hidden'] }))?.[1] ?? '';
    assert.deepEqual(words(exec), [program, '--hidden']);
  });
}

test('Linux: an entry comes, follows its program, and goes; one that was switched off is off', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'traygate-xdg-'));
  try {
    const file = path.join(home, 'autostart', 'traygate.desktop');
    const at = (program: string) => xdgAutostart(home, { name: 'traygate', program, args: ['--hidden'] });
    assert.equal(at('/a').isOn(), false);
    at('/a').refresh();
    assert.equal(at('/a').isOn(), false, 'nothing comes by itself');
    at('/a').set(true);
    assert.equal(at('/a').isOn(), true);
    at('/b').refresh();
    assert.match(readFileSync(file, 'utf8'), /^Exec="\/b" "--hidden"$/m);
    for (const line of ['Hidden=true', 'X-GNOME-Autostart-enabled=false']) {
      writeFileSync(file, `${desktopEntry({ program: '/b', args: [] })}${line}\n`);
      assert.equal(at('/b').isOn(), false, line);
    }
    at('/b').set(false);
    assert.throws(() => readFileSync(file), { code: 'ENOENT' });
    mkdirSync(file);
    assert.throws(() => at('/b').set(true));
  } finally {
    rmSync(home, { recursive: true });
  }
});

/** What Windows and macOS keep of a login item. */
function systemItems(executableWillLaunchAtLogin: boolean) {
  const calls: unknown[] = [];
  let on = false;
  return {
    calls,
    getLoginItemSettings: (options: unknown) => {
      calls.push(options);
      return {
        openAtLogin: on,
        openAsHidden: false,
        wasOpenedAtLogin: false,
        wasOpenedAsHidden: false,
        restoreState: false,
        status: 'not-registered' as const,
        executableWillLaunchAtLogin,
        launchItems: [],
      };
    },
    setLoginItemSettings: ({ openAtLogin = false, ...rest }: { openAtLogin?: boolean }) => {
      calls.push(rest);
      on = openAtLogin;
    },
  };
}

test('Windows: the entry names program and arguments, and one switched off in the Task Manager is off', () => {
  const launch = { name: 'traygate', program: 'C:\\T.exe', args: ['--hidden'] };
  const system = systemItems(true);
  const item = loginItem(system, launch, 'win32');
  item.set(true);
  assert.equal(item.isOn(), true);
  assert.deepEqual(system.calls, [
    { name: 'traygate', path: 'C:\\T.exe', args: ['--hidden'] },
    { path: 'C:\\T.exe', args: ['--hidden'] },
  ]);
  const inTaskManager = loginItem(systemItems(false), launch, 'win32');
  inTaskManager.set(true);
  assert.equal(inTaskManager.isOn(), false);
});

test('macOS: the item is the application itself', () => {
  const system = systemItems(false);
  const item = loginItem(system, { name: 'traygate', program: '/T', args: ['--hidden'] }, 'darwin');
  item.set(true);
  assert.equal(item.isOn(), true);
  assert.deepEqual(system.calls, [{}, {}]);
});

/** A system with a switch, and a setting that follows it or is followed. */
function both(on: boolean, wanted: boolean, refuses = false) {
  const world = { on, wanted, failures: 0 };
  const follow = followAutostart({
    autostart: {
      isOn: () => world.on,
      set(next) {
        if (refuses) throw new Error('not allowed');
        world.on = next;
      },
      refresh() {},
    },
    wanted: () => world.wanted,
    correct: (next) => (world.wanted = next),
    failed: () => (world.failures += 1),
  });
  return { world, follow };
}

for (const on of [true, false]) {
  test(`at the start the system's word counts: ${on ? 'on' : 'off'}`, () => {
    assert.deepEqual(both(on, !on).world, { on, wanted: on, failures: 0 });
  });
  test(`later the setting is followed: ${on ? 'on' : 'off'}`, () => {
    const { world, follow } = both(!on, !on);
    world.wanted = on;
    follow();
    assert.deepEqual(world, { on, wanted: on, failures: 0 });
  });
}

test('what the system refuses is off again, and is told', () => {
  const { world, follow } = both(false, false, true);
  world.wanted = true;
  follow();
  assert.deepEqual(world, { on: false, wanted: false, failures: 1 });
});
