import type { Locator, Page } from '@playwright/test';
import { scripts } from '../simulators/zai/simulator.ts';
import { expect, test } from './fixtures.ts';
import { barriers, chooseLanguage, chooseTheme, languages } from './harness/barriers.ts';
import { addTokens, details, go, logRows } from './harness/pages.ts';

test.use({ environment: { ANONYMOUS_MODE: 'false' } });

const message = (page: Page): Locator => page.getByRole('textbox', { name: 'Message', exact: true });
const model = (page: Page): Locator => page.getByRole('combobox', { name: 'Model', exact: true });
const mode = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const answer = (page: Page): Locator => page.getByTestId('answer');
const figure = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: 'Figures' }).locator('div').filter({ hasText: name }).locator('dd');

test.describe('one request', () => {
  test('by keyboard alone: sent, answered as it comes, stopped, and found in Logs', async ({ page }) => {
    await go(page, 'Test');
    await model(page).fill('local/script');
    await message(page).fill('THINK Which city?\nREPEAT 3 So it goes.\nCALL_TOOL get_weather {"city":"Rome"}');
    await page.getByRole('checkbox', { name: 'Sample tool' }).check();
    await message(page).press('ControlOrMeta+Enter');
    await expect(answer(page)).toContainText('So it goes. So it goes. So it goes.');
    await expect(answer(page)).toContainText('get_weather');
    await expect(answer(page).getByText('Thinking')).toBeVisible();
    await expect(figure(page, 'Attempts')).toHaveText('1');

    await model(page).fill('local/slow');
    await message(page).press('ControlOrMeta+Enter');
    await expect(page.getByRole('button', { name: 'Stop', exact: true }).last()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(answer(page)).toContainText('Stopped.');

    await page.getByRole('link', { name: 'Open in Logs' }).click();
    await expect(details(page)).toContainText('local/slow');
  });

  test('a failure is told in words, with what to do', async ({ page }) => {
    await go(page, 'Test');
    await model(page).fill('local/error-429');
    await message(page).fill('Hello');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(answer(page)).toContainText('upstream_rate_limited');
    await model(page).fill('no/such-model');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(answer(page)).toContainText('model_not_found');
  });

  test('F142: what a model writes is text, whatever it looks like', async ({ page }) => {
    await go(page, 'Test');
    await model(page).fill('local/echo');
    await message(page).fill('<img src="x" onerror="document.title=1"> \u202Eevil');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByTestId('answer-text')).toHaveText('<img src="x" onerror="document.title=1"> ‹U+202E›evil');
  });

  test('one token answers when it was chosen', async ({ page, zai }) => {
    await addTokens(page, [zai.users.add().token, zai.users.add().token]);
    await go(page, 'Test');
    await model(page).fill('GLM-4.7');
    await page.getByRole('combobox', { name: 'Provider' }).selectOption({ label: 'Z.AI' });
    await message(page).fill('Hello');
    for (const alias of ['Z2', 'Z1', 'Z2']) {
      await page.getByRole('combobox', { name: 'Token' }).selectOption({ label: alias });
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(figure(page, 'Answered by')).toHaveText(`Z.AI · ${alias}`);
    }
  });

  test('a request of Logs is edited and sent again', async ({ page }) => {
    await go(page, 'Test');
    await model(page).fill('local/echo');
    await message(page).fill('First words');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByTestId('answer-text')).toHaveText('First words');
    await go(page, 'Logs');
    await logRows(page).first().click();
    const id = decodeURIComponent((await page.evaluate(() => location.hash)).split('/').at(-1)?.split('?')[0] ?? '');
    await page.evaluate((from) => void (location.hash = `/test?from=${from}`), id);
    const raw = page.getByRole('textbox', { name: 'Raw body' });
    await expect(raw).toHaveValue(/First words/);
    await raw.fill((await raw.inputValue()).replace('First words', 'Second words'));
    await raw.press('ControlOrMeta+Enter');
    await expect(page.getByTestId('answer-text')).toHaveText('Second words');
  });
});

test('A13: all models are tested while one provider is down: it ends, says so, is kept and can be stopped', async ({
  page,
  shell,
  zai,
}) => {
  test.slow();
  zai.answer(scripts.status(500));
  await addTokens(page, [zai.users.add().token]);
  await go(page, 'Test');
  await mode(page, 'All models').click();
  const options = page.getByRole('region', { name: 'What to test' });
  await expect(page.getByTestId('run-cost')).toContainText(/\d+ requests?, models: \d+/);
  const oneCheck = async (atOnce: string) => {
    for (const check of ['Thinking', 'Tools', 'JSON', 'Vision', 'Stream'])
      await options.getByRole('checkbox', { name: check }).uncheck();
    await options.getByRole('spinbutton', { name: 'At once' }).fill(atOnce);
  };
  await oneCheck('5');
  await options.getByRole('button', { name: 'Test all' }).click();
  await expect(page.getByRole('progressbar', { name: 'Progress' })).toBeVisible();
  // The run belongs to the gateway.
  await page.reload();
  await expect(page.getByTestId('run-summary')).toContainText(/checks passed, \d+ failed/, { timeout: 60_000 });
  const results = page.getByRole('table', { name: 'Results' });
  await expect(results.getByRole('link', { name: /^local\/local\/echo, Whole: passed/ })).toBeVisible();
  await expect(results.getByRole('link', { name: /^zai\/.*, Whole: (?!passed)/ }).first()).toBeVisible();
  await expect(results.getByRole('link', { name: /^zai\/.*, Whole: passed/ })).toHaveCount(0);

  await oneCheck('1');
  await options.getByRole('button', { name: 'Test all' }).click();
  await expect(page.getByRole('progressbar', { name: 'Progress' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('run-summary')).toContainText('Stopped before the end.', { timeout: 20_000 });
  await expect(page.getByRole('combobox', { name: 'Earlier runs' }).getByRole('option')).toHaveCount(2);

  // On the desktop the dialogue of the system asks where to.
  if (shell === 'headless') {
    await page.getByRole('button', { name: 'Export' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Markdown' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^traygate-matrix-.*\.md$/);
  }

  await page.getByRole('combobox', { name: 'Earlier runs' }).selectOption({ index: 1 });
  await results.getByRole('link', { name: /^local\/local\/echo, Whole: passed/ }).click();
  await expect(details(page)).toContainText('local/echo');
});

test('A14: four models answer side by side; Esc stops all, and the figures are those of Logs', async ({ page }) => {
  await go(page, 'Test');
  await mode(page, 'Compare').click();
  await page.getByRole('button', { name: 'Add a model' }).click();
  await page.getByRole('button', { name: 'Add a model' }).click();
  await message(page).fill('REPEAT 3 Side by side');
  for (const at of [0, 1, 2, 3]) await model(page).nth(at).fill('local/slow');
  await message(page).press('ControlOrMeta+Enter');
  const answers = page.getByTestId('pane-answer');
  // All of them have begun, and none has come to its end.
  for (const at of [0, 1, 2, 3]) await expect(answers.nth(at).getByTestId('answer-text')).toBeVisible();
  for (const at of [0, 1, 2, 3]) await expect(answers.nth(at)).toHaveAttribute('aria-busy', 'true');
  await page.keyboard.press('Escape');
  for (const at of [0, 1, 2, 3]) await expect(answers.nth(at)).toContainText('Stopped.');

  for (const [at, name] of ['local/script', 'local/echo', 'local/long', 'local/error-500'].entries())
    await model(page).nth(at).fill(name);
  await message(page).press('ControlOrMeta+Enter');
  await expect(answers.nth(0)).toContainText('Side by side Side by side Side by side');
  await expect(answers.nth(1)).toHaveText('REPEAT 3 Side by side');
  await expect(answers.nth(3)).toContainText('upstream_error');
  await expect(page.getByTestId('text-diff').locator('ins, del').first()).toBeVisible();

  const totals: string[] = [];
  for (const at of [0, 1, 2, 3]) {
    const pane = page.getByRole('region', { name: `Model ${at + 1}`, exact: true });
    const total = pane.locator('[data-figure="total"]');
    await expect(total).toHaveText(/\d/);
    totals.push(await total.innerText());
  }
  await page.getByRole('region', { name: 'Model 3', exact: true }).getByRole('link', { name: 'Open in Logs' }).click();
  await expect(details(page)).toContainText(totals[2] ?? '');
  for (const [at, name] of ['script', 'echo', 'long', 'error-500'].entries())
    await expect(logRows(page).filter({ hasText: name }).first()).toContainText(totals[at] ?? '');
});

test('five times again gives the spread', async ({ page }) => {
  await go(page, 'Test');
  await mode(page, 'Compare').click();
  for (const at of [0, 1]) await model(page).nth(at).fill('local/echo');
  await message(page).fill('Hello');
  await page.getByRole('button', { name: 'Again ×5' }).click();
  await expect(page.getByText(/min .* · p50 .* · max .* · 5 answers/).first()).toBeVisible();
});

test('the exam grades both ways to call tools and suggests one', async ({ page }) => {
  await go(page, 'Test');
  await mode(page, 'Tool calls').click();
  await page.getByRole('combobox', { name: 'Add a model' }).selectOption('local/local/script');
  await expect(page.getByTestId('run-cost')).toContainText('20 requests, models: 1');
  await page.getByRole('button', { name: 'Begin the exam' }).click();
  await expect(page.getByTestId('exam-results')).toContainText('Native: excellent, 10/10', { timeout: 30_000 });
  await expect(page.getByTestId('exam-results')).toContainText('Native suits it best and is in use.');
});

for (const language of ['en', 'zh-CN'] as const) {
  test(`no barriers on the Test page, ${languages[language]}`, async ({ page }) => {
    test.slow();
    await go(page, 'Test');
    await model(page).fill('local/script');
    await message(page).fill('THINK Hm.\nREPEAT 2 Words');
    await message(page).press('ControlOrMeta+Enter');
    await expect(page.getByTestId('answer-text')).toBeVisible();
    await mode(page, 'Tool calls').click();
    await page.getByRole('combobox', { name: 'Add a model' }).selectOption('local/local/script');
    await page.getByRole('button', { name: 'Begin the exam' }).click();
    await expect(page.getByTestId('exam-results')).toBeVisible({ timeout: 30_000 });
    await chooseLanguage(page, language);
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(page, theme);
      for (const one of ['single', 'matrix', 'compare', 'exam']) {
        await page.evaluate((to) => void (location.hash = to), `/test?mode=${one}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        expect(await barriers(page), `${one} ${theme}`).toEqual([]);
      }
    }
  });
}
