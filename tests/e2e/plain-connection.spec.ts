import { expect, test } from './fixtures.ts';
import { rail } from './harness/pages.ts';

test.skip(({ shell }) => shell !== 'headless', 'the desktop window comes from the program itself');

const name = 'gate.lan';
const password = 'a long enough password';

test.describe('F132: the window over plain HTTP in a network', () => {
  test.use({ environment: { ADMIN_PASSWORD: password, TRAYGATE_ALLOWED_HOSTS: name } });

  test('warns before a password is typed and after, and no address holds a secret', async ({ playwright, product }) => {
    const browser = await playwright.chromium.launch({
      executablePath: process.env['TRAYGATE_CHROMIUM'] ?? '',
      args: ['--no-sandbox', `--host-resolver-rules=MAP ${name} 127.0.0.1`],
    });
    try {
      const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
      const addresses: string[] = [];
      page.on('request', (request) => addresses.push(request.url()));
      await page.goto(`http://${name}:${product.port}/ui/`);
      const warning = page.getByText('This page came over plain HTTP');
      await expect(warning).toBeVisible();
      await page.getByLabel('Sign-in link, code or admin password').fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(rail(page)).toBeVisible();
      await expect(warning).toBeVisible();
      for (const address of addresses) {
        expect(address).not.toContain(encodeURIComponent(password));
        expect(address).not.toMatch(/sk-local-|code=|password/);
      }
    } finally {
      await browser.close();
    }
  });

  test('says nothing on this computer', async ({ page }) => {
    await expect(rail(page)).toBeVisible();
    await expect(page.getByText('This page came over plain HTTP')).toHaveCount(0);
  });
});
