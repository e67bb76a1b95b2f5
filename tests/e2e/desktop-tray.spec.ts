/** Every item of the tray's menu, done through the running application. */
import { expect, test } from './fixtures.ts';
import { askProduct } from './harness/client.ts';
import type { Product } from './harness/product.ts';
import { canSeeTray, clickTray, isChecked, needsVisibleTray, trayIds, trayOf, trayPicture } from './harness/tray.ts';
import { closeWindow, dialogsOf, exitCode, isVisible, openedBy } from './harness/window.ts';

test.skip(({ shell }) => shell !== 'desktop', 'headless mode has no tray');
test.beforeEach(async ({ product }) => {
  test.skip(!(await canSeeTray(product)), needsVisibleTray);
});

const stateLine = async (product: Product) => (await trayOf(product))?.labels[0];
const stateOf = ({ page }: Product) => page.evaluate(() => window.traygate?.call('state.get', null));
const copied = async (product: Product, id: string, text: string | RegExp) => {
  await clickTray(product, id);
  await expect.poll(product.clipboard).toMatch(text);
};
const exactly = (text: string) => new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`);
const leadsTo = (route: string) => async (product: Product, id: string) => {
  await closeWindow(product);
  await clickTray(product, id);
  await expect.poll(() => isVisible(product)).toBe(true);
  await expect(product.page).toHaveURL(new RegExp(`#${route}$`));
};
/** What each item does; the last test sees to it that none is missing. `null`: it says something and does nothing. */
const items: Readonly<Record<string, ((product: Product, id: string) => Promise<void>) | null>> = {
  state: null,
  'copy-base-url': null,
  'copy-openai': (product, id) => copied(product, id, exactly(`${product.baseUrl}/v1`)),
  'copy-anthropic': (product, id) => copied(product, id, exactly(product.baseUrl)),
  'copy-lan': null,
  'copy-env-sh': (product, id) => copied(product, id, `export OPENAI_BASE_URL='${product.baseUrl}/v1'`),
  'copy-env-fish': (product, id) => copied(product, id, `set -gx OPENAI_BASE_URL '${product.baseUrl}/v1'`),
  'copy-env-powershell': (product, id) => copied(product, id, `$env:OPENAI_BASE_URL = '${product.baseUrl}/v1'`),
  'copy-env-cmd': (product, id) => copied(product, id, `set "OPENAI_BASE_URL=${product.baseUrl}/v1"`),
  'copy-key': null,
  'copy-key-default': (product, id) => copied(product, id, /^sk-local-[\w-]{32}$/),
  'provider-zai': leadsTo('/providers/zai'),
  async 'pause-guests-zai'(product, id) {
    const guestMode = (wanted: boolean) => ({
      value: { providers: expect.arrayContaining([expect.objectContaining({ id: 'zai', guestMode: wanted })]) },
    });
    expect(await stateOf(product)).toMatchObject(guestMode(true));
    await clickTray(product, id);
    await expect.poll(() => stateOf(product)).toMatchObject(guestMode(false));
    await expect.poll(() => isChecked(product, id)).toBe(true);
  },
  async pause(product, id) {
    await clickTray(product, id);
    await expect.poll(() => stateLine(product)).toBe('◍ Paused');
    expect(await isChecked(product, id)).toBe(true);
    const refused = await askProduct(product, 'Anybody?', { model: 'local/echo' });
    expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('"paused"')]);
    await clickTray(product, id);
    await expect.poll(() => stateLine(product)).toContain('● Running');
    expect((await askProduct(product, 'Now?', { model: 'local/echo' })).status).toBe(200);
  },
  async stop(product, id) {
    const running = await trayPicture(product);
    await clickTray(product, id);
    await expect.poll(() => stateLine(product)).toBe('○ Stopped');
    expect(await trayPicture(product)).not.toBe(running);
    await expect(fetch(product.baseUrl)).rejects.toThrow();
    await clickTray(product, 'start');
    await expect.poll(() => stateLine(product)).toContain('● Running');
    await expect.poll(() => trayPicture(product)).toBe(running);
    expect((await fetch(`${product.baseUrl}/health`)).status).toBe(200);
  },
  async restart(product, id) {
    const before = await stateOf(product);
    await clickTray(product, id);
    await expect.poll(() => stateOf(product)).not.toMatchObject({ value: { startedAt: startOf(before) } });
    await expect.poll(() => stateLine(product)).toContain('● Running');
    expect((await fetch(`${product.baseUrl}/health`)).status).toBe(200);
  },
  open: leadsTo('/home'),
  logs: leadsTo('/logs'),
  test: leadsTo('/test'),
  settings: leadsTo('/settings(/.*)?'),
  troubleshoot: null,
  async 'self-test'(product, id) {
    const dialogs = await dialogsOf(product);
    await clickTray(product, id);
    await expect.poll(() => dialogs.jsonValue()).toEqual(['A request to this address was answered.']);
  },
  async 'copy-report'(product, id) {
    const dialogs = await dialogsOf(product);
    await copied(product, id, /Traygate/);
    await expect.poll(() => dialogs.jsonValue()).toEqual([expect.stringContaining('holds no prompt')]);
    expect(await product.clipboard()).not.toMatch(/sk-local-[\w-]{32}/);
  },
  async 'open-logs'(product, id) {
    const opened = await openedBy(product);
    await clickTray(product, id);
    await expect.poll(() => opened.jsonValue()).toEqual([expect.stringMatching(/[\\/]logs$/)]);
  },
  async 'reset-window'(product, id) {
    const anew = product.app?.waitForEvent('window');
    await clickTray(product, id);
    await (await anew)?.getByRole('navigation', { name: 'Pages' }).waitFor();
    await expect.poll(() => product.app?.windows().length).toBe(1);
  },
  async quit(product, id) {
    const code = exitCode(product);
    await clickTray(product, id);
    expect(await code).toBe(0);
  },
};

const startOf = (state: unknown): unknown =>
  typeof state === 'object' &&
  state !== null &&
  'value' in state &&
  typeof state.value === 'object' &&
  state.value !== null &&
  'startedAt' in state.value
    ? state.value.startedAt
    : undefined;

for (const [id, does] of Object.entries(items)) {
  if (does === null) continue;
  test(`A21: the item ${id} does what it says`, ({ product }) => does(product, id));
}

test('A21: no other item is there, and each of these is', async ({ product }) => {
  // Of the providers one stands for all.
  const others = (id: string) => /^(provider|pause-guests)-/.test(id) && !(id in items);
  const ids = async () => (await trayIds(product)).filter((id) => !others(id)).toSorted();
  // The keys come in a moment after the menu.
  await expect.poll(ids).toEqual(Object.keys(items).toSorted());
});

test('A21: tells the state at a glance', async ({ product }) => {
  const tray = await trayOf(product);
  expect(tray?.toolTip).toMatch(new RegExp(`^Running · 127\\.0\\.0\\.1:${product.port} · \\d/\\d ready$`));
  expect(tray?.labels[0]).toBe(`● Running on 127.0.0.1:${product.port}`);
});

test('A21: speaks the language chosen in the window', async ({ product, page }) => {
  await page.evaluate(() => window.traygate?.call('preferences.set', { language: 'zh-CN' }));
  await expect.poll(async () => (await trayOf(product))?.labels.at(-1)).toBe('退出');
});
