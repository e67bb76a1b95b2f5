/** Lists of tokens as people have them: dirty, or very long. */
import { fabricateToken } from '../simulators/zai/identities.ts';
import { expect, test } from './fixtures.ts';
import { openAddTokens, tokenTable } from './harness/pages.ts';
import { longestPause, unnoticed } from './harness/work.ts';

test.use({ environment: { ANONYMOUS_MODE: 'false' } });

test('A5: twelve pasted lines are told apart exactly, nine are saved, and undo leaves none', async ({ page, zai }) => {
  const [a, b, c, d, e, f, g, h, i] = Array.from({ length: 9 }, () => zai.users.add().token);
  const sheet = await openAddTokens(page);
  await sheet.getByRole('textbox', { name: 'Tokens' }).fill(
    ['# of the team', `${a}，${b}`, `"${c}"`, `'${d}',`, `Bearer ${e}`, `token=${f};`, '', g, a, ` ${h}\t`, c, i, 'short']
        .join('\n'), // prettier-ignore
  );
  await expect(sheet.getByTestId('paste-report')).toHaveText('12 read · 9 new · 2 duplicates · 1 not a token');
  const finding = (line: number) => sheet.getByRole('row', { name: new RegExp(`^Line ${line} `) });
  await expect(finding(9)).toContainText('repeated in this text');
  await expect(finding(13)).not.toContainText('new');
  await sheet.getByRole('button', { name: 'Add 9 tokens' }).click();
  await sheet.getByRole('button', { name: 'Done' }).click();
  await expect(tokenTable(page).getByRole('row', { name: /Z\d/ })).toHaveCount(9);
  await page.getByRole('dialog', { name: '9 tokens added.' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('tokens-empty')).toBeVisible();
});

test('A6: a dropped file of 10,000 tokens is read while the window goes on', async ({ page }) => {
  const lines = Array.from({ length: 10_000 }, (_, at) => fabricateToken(`u${at}`, `u${at}@example.com`));
  const sheet = await openAddTokens(page);
  const file = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'tokens.txt', { type: 'text/plain' }));
    return transfer;
  }, lines.join('\n'));
  const pause = await longestPause(page, async () => {
    await sheet.getByRole('textbox', { name: 'Tokens' }).dispatchEvent('drop', { dataTransfer: file });
    await expect(sheet.getByTestId('paste-report')).toHaveText('10000 read · 10000 new');
    await expect(sheet.getByRole('button', { name: 'Add 10000 tokens' })).toBeVisible();
    // Looked at, not drawn one by one.
    expect(await sheet.getByRole('row').count()).toBeLessThan(1_000);
    await sheet.getByRole('button', { name: 'Leave out tokens.txt' }).click();
    await expect(sheet.getByTestId('paste-report')).toHaveText('Nothing read yet.');
  });
  expect(pause).toBeLessThan(unnoticed);
});
