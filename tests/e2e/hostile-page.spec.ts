/** Pages in a real browser that want to use Traygate, and its own page when something was injected into it. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** A page of somebody else's, at an address of theirs. */
async function foreignPage(page: Page, url: string): Promise<void> {
  await page.route(url, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Free games</title>' }),
  );
  await page.goto(url);
}

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly mode?: 'no-cors';
}

/** What a page learns of an address: the status and body, or that it could not read anything. */
const learned = (page: Page, url: string, init: Asked = {}): Promise<string> =>
  page.evaluate(
    ([address, options]) =>
      fetch(address, options).then(
        async (response) => `${response.status} ${await response.text()}`,
        () => 'nothing',
      ),
    [url, init] as const,
  );

const chat: Asked = {
  method: 'POST',
  headers: { 'content-type': 'text/plain' },
  body: '{"model":"local/echo","messages":[{"role":"user","content":"hi"}]}',
};

test.describe('foreign pages', () => {
  test.skip(({ shell }) => shell !== 'headless', 'one browser is enough: the gateway is the same');

  test('F117, F111: a page reads nothing, whatever its browser allows it to reach', async ({
    product,
    openBrowser,
  }) => {
    const browser = await openBrowser();
    const context = await browser.newContext();
    await context.grantPermissions(['local-network-access']).catch(() => {});
    const page = await context.newPage();
    await foreignPage(page, 'http://evil.test/');
    const base = `http://127.0.0.1:${product.port}`;
    for (const path of ['/v1/models', '/health', '/ui/', '/admin/api/events', '/openapi.json'])
      expect(await learned(page, base + path)).toBe('nothing');
    expect(await learned(page, `${base}/v1/chat/completions`, chat)).toBe('nothing');
    expect(await learned(page, `${base}/v1/chat/completions`, { ...chat, mode: 'no-cors' })).toMatch(/^(0 |nothing)/);
    await context.close();
  });

  test('F110: a name that leads to this computer after the page was loaded opens nothing', async ({
    product,
    openBrowser,
  }) => {
    const context = await (await openBrowser()).newContext();
    const page = await context.newPage();
    const origin = `http://rebound.localhost:${product.port}`;
    // Chromium sends names below localhost to this computer: what a rebound name does.
    await foreignPage(page, `${origin}/`);
    for (const path of ['/v1/models', '/health', '/ui/index.html', '/openapi.json'])
      expect(await learned(page, origin + path)).toMatch(/^403 .*forbidden_host/);
    expect(await learned(page, `${origin}/v1/chat/completions`, chat)).toMatch(/^403 .*forbidden_host/);
    await context.close();
  });
});

test('F165: what is injected into the window does not run and loads nothing', async ({ product, shell }) => {
  test.skip(shell !== 'headless', 'the policy of the desktop is compared in electron/desktop/page-headers.test.ts');
  // A page of its own: what the browser complains about is wanted here.
  const page = await product.context.newPage();
  await page.goto(`${product.baseUrl}/ui/`);
  await page.getByRole('navigation').first().waitFor();
  const asked: string[] = [];
  // Only what would have left the browser comes here.
  await page.route('https://evil.example/**', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  const ran = await page.evaluate(async () => {
    const blocked: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
    const add = (tag: string, attributes: Record<string, string>, text = '') => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.textContent = text;
      document.body.append(element);
    };
    add('script', {}, 'window.injected = "inline"');
    add('script', { src: 'https://evil.example/x.js' });
    add('img', { src: 'https://evil.example/x.png', onerror: 'window.injected = "handler"' });
    add('link', { rel: 'stylesheet', href: 'https://evil.example/x.css' });
    add('iframe', { src: 'https://evil.example/' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { injected: 'injected' in window, blocked: [...new Set(blocked)].toSorted() };
  });
  expect(ran).toMatchObject({ injected: false });
  expect(ran.blocked).toEqual(expect.arrayContaining(['img-src', 'script-src-elem', 'style-src-elem']));
  expect(asked).toEqual([]);
  await page.close();
});
