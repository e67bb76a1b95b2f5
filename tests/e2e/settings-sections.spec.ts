/** Each section of the settings with something in it, in both languages and themes, from a wide window to a phone. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { barriers, chooseLanguage } from './harness/barriers.ts';
import { callProduct } from './harness/call.ts';
import { cutTexts } from './harness/cut-text.ts';
import { sections } from './harness/every-page.ts';

/** Keys with long names and limits, a backup, aliases, entries in every list, a proxy that is not there and a problem. */
async function fill(page: Page): Promise<void> {
  const set = (name: string, value: unknown) => callProduct(page, 'settings.set', { path: name, value });
  for (const name of ['Cursor on the laptop in the living room', 'CI'])
    await callProduct(page, 'keys.create', {
      name,
      expiresAt: Date.now() + 30 * 86_400_000,
      limits: {
        requestsPerMinute: 60,
        tokensPerDay: 2_000_000,
        models: ['GLM-4.5', 'claude-*', 'a-model-with-quite-a-long-name-2026-11-21'],
      },
    });
  await callProduct(page, 'backups.make', null);
  await set('server.allowedHosts', ['gate.home', 'a-rather-long-name-of-a-host.in.some.company.example.com']);
  await set('server.allowedClients', ['192.168.1.0/24', 'fd12:3456:789a:bcde::/64']);
  await set('network.proxy', 'http://user:secret@127.0.0.1:9');
  await set('network.caFile', path.join(import.meta.dirname, '../fixtures/tls/office.cert'));
  await set('logs.redact', ['x-company-id', '$.metadata.user_id']);
  await set('models.aliases', [
    { pattern: 'gpt-4*', targets: ['GLM-4.6', 'local/echo', 'a-model-with-quite-a-long-name-2026-11-21'] },
  ]);
}

/** What a section shows only when it is asked to. */
async function unfold(page: Page, section: string): Promise<void> {
  if (section === 'network') {
    await page.getByRole('button', { name: /^(Test the proxy|测试代理)$/ }).click();
    await page.locator('#setting-network_proxy li').first().waitFor();
  }
  if (section !== 'about') return;
  await page.getByRole('button', { name: /^(Run the self-test|运行自检)$/ }).click();
  await page.locator('[data-verdict]').nth(7).waitFor();
  for (const name of [/^(Preview the report|预览报告)$/, /^(Show licences|显示许可证)$/])
    await page.getByRole('button', { name }).click();
  await expect(page.locator('main textarea')).toHaveCount(2);
}

for (const language of ['en', 'zh-CN'] as const)
  test(`no section has barriers, is cut or wider than its window, ${language}`, async ({ product, page }) => {
    test.skip(
      product.shell === 'desktop',
      'the page is the same in both shells, and the window of a browser is resized at once',
    );
    test.setTimeout(300_000);
    await fill(page);
    await chooseLanguage(page, language);
    const found: string[] = [];
    const folder = process.env['SETTINGS_PICTURES'];
    for (const section of sections) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.evaluate((to) => void (location.hash = to), `/settings/${section}`);
      await page.locator(`nav a[aria-current="page"][href$="/settings/${section}"]`).waitFor();
      await page.waitForFunction(() => document.querySelector('main [aria-busy=true]') === null);
      await unfold(page, section);
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        const all = await barriers(page, colorScheme === 'light' ? 'all' : 'colours');
        found.push(...all.map((barrier) => `${section} ${colorScheme}: ${barrier}`));
        if (folder !== undefined) {
          const height = await page.locator('main').evaluate((main) => main.scrollHeight + 60);
          await page.setViewportSize({ width: 1280, height: Math.min(Math.max(900, height), 3_000) });
          await page.screenshot({ path: `${folder}/${section}-${language}-${colorScheme}.png` });
          await page.setViewportSize({ width: 1280, height: 900 });
        }
      }
      for (const width of [1024, 640, 390]) {
        await page.setViewportSize({ width, height: 800 });
        const wider = await page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll('main, main section')]
            .filter(
              (box) => box.scrollWidth > box.clientWidth + 1 && !/auto|scroll/.test(getComputedStyle(box).overflowX),
            )
            .map((box) => `${box.tagName} ${box.scrollWidth} > ${box.clientWidth}`),
        );
        found.push(...wider.map((box) => `${section} at ${width}: ${box}`));
        found.push(...(await cutTexts(page)).map((text) => `${section} at ${width}: ${text}`));
        if (folder !== undefined && width === 390)
          await page.screenshot({ path: `${folder}/${section}-${language}-${width}.png` });
      }
    }
    expect(found).toEqual([]);
  });
