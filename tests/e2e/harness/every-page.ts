import type { Page } from '@playwright/test';
import { scripts, type ZaiSimulator } from '../../simulators/zai/simulator.ts';
import { callProduct } from './call.ts';
import { askProduct } from './client.ts';
import type { Product } from './product.ts';

export const sections = [
  'server', 'keys', 'desktop', 'appearance', 'network', 'retry', 'behaviour', 'logs', 'data', 'remote', 'keyboard', 'about',
]; // prettier-ignore

/** Tokens in several states, a service with a long name, and requests that went well and not. */
export async function fillProduct(product: Product, zai: ZaiSimulator): Promise<void> {
  const { page } = product;
  const users = [zai.users.add({ name: 'Ada Lovelace' }), zai.users.add({ name: 'Ben Okri' })];
  const limited = zai.users.add({ name: 'Dana Scully' });
  const text = [...users.map(({ token }) => token), limited.token].join('\n');
  await callProduct(page, 'tokens.add', { provider: 'zai', text, check: true });
  const stale = zai.users.addStale().token;
  const [added] = await callProduct(page, 'tokens.add', { provider: 'zai', text: stale, check: false });
  if (typeof added?.id === 'string') await callProduct(page, 'tokens.check', { ids: [added.id] });
  zai.answer(scripts.status(429, { code: 429, message: 'Too Many Requests' }), limited.token);
  await callProduct(page, 'provider.add', {
    provider: {
      kind: 'openai-compatible',
      name: 'A service with quite a long name of its own',
      baseUrl: 'http://127.0.0.1:9/v1',
      headers: { 'X-Title': 'Traygate' },
      models: ['a-model-with-a-name-that-says-everything-about-it-2026-11-21', 'small'],
    },
    keys: 'sk-good-good-good-good',
  });
  for (const [model, stream] of [
    ['GLM-4.5', true],
    ['GLM-4.5', false],
    ['GLM-4.5', true],
    ['local/echo', false],
    ['local/error-500', false],
    ['a-model-that-nobody-has', false],
  ] as const)
    await askProduct(product, 'Which of these two queries is faster, and why?', { model, stream });
}

/** Every address of the window that shows something of its own. */
export async function everyRoute(page: Page): Promise<string[]> {
  const rows = await callProduct(page, 'exchanges.list', { limit: 10, before: null });
  const ok = rows.find(({ outcome, attempts }) => outcome === 'ok' && attempts.length > 1) ?? rows[0];
  const failed = rows.find(({ failure }) => failure !== null);
  const panes = ['overview', 'attempts', 'request', 'response'];
  return [
    '/home',
    '/connect',
    '/connect/claude-code',
    '/connect/curl',
    '/providers',
    '/providers/zai',
    '/providers/zai?tab=models',
    '/providers/zai-api',
    '/providers/zai-api?tab=options',
    '/providers/longcat',
    '/providers/local',
    '/providers/a-service-with-quite-a-long-name-of-its',
    '/providers/a-service-with-quite-a-long-name-of-its?tab=models',
    '/providers/a-service-with-quite-a-long-name-of-its?tab=options',
    '/logs',
    ...panes.map((pane) => `/logs/${ok?.id ?? ''}?pane=${pane}`),
    `/logs/${failed?.id ?? ''}?pane=error`,
    ...['single', 'matrix', 'compare', 'exam'].map((mode) => `/test?mode=${mode}`),
    ...sections.map((section) => `/settings/${section}`),
    '/nowhere',
  ];
}

/** Goes there and waits until what is there has come. */
export async function visit(page: Page, route: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), route);
  const part = `#/${route.split(/[/?]/u)[1] ?? ''}`;
  if (route !== '/nowhere') await page.locator(`a[aria-current=page][href$="${part}"]`).first().waitFor();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector('main [aria-busy=true]') === null);
}

const button = (page: Page, name: RegExp) => page.getByRole('button', { name }).first().click();

/** What opens over the pages: the page under it, and how it is opened. `Escape` closes each. */
export const overlays: readonly { readonly name: string; readonly route: string; readonly open: (page: Page) => Promise<void> }[] = [
  { name: 'palette', route: '/home', open: (page) => page.keyboard.press('ControlOrMeta+k') },
  { name: 'state', route: '/home', open: (page) => button(page, /^(Running|运行中)/u) },
  { name: 'addresses', route: '/home', open: (page) => button(page, /^(Base URL http|基础 URL)/u) },
  { name: 'add tokens', route: '/providers/zai', open: (page) => button(page, /^(Add tokens|添加令牌)$/u) },
  { name: 'token menu', route: '/providers/zai', open: (page) => button(page, /Z1/u) },
  { name: 'add provider', route: '/providers/zai', open: (page) => button(page, /^(Add provider|添加服务商)$/u) },
  { name: 'clear logs', route: '/logs', open: (page) => button(page, /^(Clear|清空)/u) },
]; // prettier-ignore
