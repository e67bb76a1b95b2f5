import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Menu, MenuItemConstructorOptions, NativeImage } from 'electron';
import type { GatewayState } from '../../shared/state.ts';
import type { EventHub } from '../gateway/shell.ts';
import { runningState, zai } from './testing.ts';
import { textsFor } from './texts.ts';
import { setupTray } from './tray.ts';
import type { TrayShape } from './tray-menu.ts';

const nothing = () => {};

type Listener = Parameters<EventHub['subscribe']>[0];

/** A tray that writes down what it was told; menus and images stand for themselves. */
function drawn(t: TestContext, platform: NodeJS.Platform = 'linux') {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const menus: MenuItemConstructorOptions[][] = [];
  const shapes: unknown[] = [];
  const clicks = new Map<string, () => void>();
  const opened: (string | undefined)[] = [];
  const listeners: Listener[] = [];
  const gateway = { current: runningState };
  const set = (change: Partial<GatewayState>) => {
    gateway.current = { ...gateway.current, ...change };
    for (const listener of listeners) listener('state', gateway.current);
  };
  const tray = {
    setImage: (image: unknown) => void shapes.push(image),
    setToolTip: () => {},
    setContextMenu: (menu: unknown) => void menus.push(menu as MenuItemConstructorOptions[]),
    on(event: string, listener: () => void) {
      clicks.set(event, listener);
      return this;
    },
  };
  setupTray(
    {
      state: () => gateway.current,
      hub: { emit: nothing, subscribe: (listener) => (listeners.push(listener), nothing) },
    },
    {
      createTray: () => tray as unknown as ReturnType<Parameters<typeof setupTray>[1]['createTray']>,
      buildMenu: (template) => template as unknown as Menu,
      icon: (shape: TrayShape) => shape as unknown as NativeImage,
      texts: ({ language }) => textsFor(language, []),
      facts: () => Promise.resolve({ keys: [], lan: ['http://192.168.1.5:8080'], update: { kind: 'none' } }),
      actions: {
        copyText: nothing,
        copyEnvironment: nothing,
        copyKey: nothing,
        setGuestMode: nothing,
        pause: nothing,
        start: nothing,
        stop: nothing,
        restart: nothing,
        selfTest: nothing,
        copyReport: nothing,
        openLogs: nothing,
        resetWindow: nothing,
        update: nothing,
        open: (route) => void opened.push(route),
        quit: nothing,
      },
      platform,
    },
  );
  return {
    set,
    menus,
    shapes,
    clicks,
    opened,
    label: (id: string) => menus.at(-1)?.find((item) => item.id === id)?.label,
  };
}

test('draws at once, then at most once per second, and ends on the last state', (t) => {
  const { set, menus, shapes, label } = drawn(t);
  assert.equal(menus.length, 1);
  for (const status of ['stopping', 'stopped', 'starting', 'stopped'] as const) set({ status });
  assert.equal(menus.length, 1);
  t.mock.timers.tick(1000);
  assert.equal(menus.length, 2);
  assert.equal(label('state'), '○ Stopped');
  assert.equal(shapes.at(-1), 'stopped');
});

test('leaves the menu alone when nothing it shows has changed', (t) => {
  const { set, menus } = drawn(t);
  t.mock.timers.tick(1000);
  set({ inFlight: 3 });
  assert.equal(menus.length, 1);
});

test('changes its language with the state', (t) => {
  const { set, label } = drawn(t);
  t.mock.timers.tick(1000);
  set({ language: 'zh-CN' });
  assert.equal(label('quit'), '退出');
});

test('counts down while one provider cools', (t) => {
  const { set, label, menus } = drawn(t);
  t.mock.timers.tick(1000);
  set({ providers: [{ ...zai, state: 'cooling', until: Date.now() + 42_000 }] });
  assert.equal(label('provider-zai'), 'Z.AI  ⏱ cooling 0:42');
  t.mock.timers.tick(1000);
  assert.equal(label('provider-zai'), 'Z.AI  ⏱ cooling 0:41');
  t.mock.timers.tick(1000);
  set({ providers: [zai] });
  t.mock.timers.tick(1000);
  const before = menus.length;
  t.mock.timers.tick(5000);
  assert.equal(menus.length, before);
});

test('draws the checkbox again even if the change was refused', (t) => {
  const { menus } = drawn(t);
  const item = menus[0]?.find(({ id }) => id === 'pause-guests-zai');
  Reflect.apply(item?.click ?? assert.fail(), undefined, []);
  t.mock.timers.tick(1000);
  assert.equal(menus.length, 2);
});

test('a click opens the window, except on macOS, where it opens the menu', (t) => {
  const { clicks, opened } = drawn(t);
  clicks.get('click')?.();
  assert.deepEqual(opened, [undefined]);
});

test('macOS keeps the click for the menu', (t) => {
  assert.deepEqual([...drawn(t, 'darwin').clicks.keys()], ['double-click']);
});
