import { expect, test } from './fixtures.ts';
import { chooseLanguage } from './harness/barriers.ts';

test.describe('a replica without its Valkey', () => {
  test.use({ environment: { TRAYGATE_REDIS_URL: 'redis://:not-to-be-seen@127.0.0.1:9' } });

  test('says on Home that it is on its own, in both languages; the desktop has no others', async ({
    page,
    product,
  }) => {
    for (const language of ['en', 'zh-CN'] as const) {
      await chooseLanguage(page, language);
      const notice = page.getByText('Valkey');
      if (product.shell === 'desktop') await expect(notice).toHaveCount(0);
      else await expect(notice).toContainText('ECONNREFUSED');
    }
    await expect(page.locator('body')).not.toContainText('not-to-be-seen');
  });
});
