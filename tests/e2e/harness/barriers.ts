import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export const languages = { en: 'English', 'zh-CN': '简体中文' } as const;
export const themes = { light: /^(Light|浅色)/, dark: /^(Dark|深色)/ } as const;

async function choose(page: Page, button: RegExp, choice: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('menuitemradio', { name: choice }).click();
  await page.getByRole('menu').waitFor({ state: 'hidden' });
}
export const chooseTheme = (page: Page, theme: keyof typeof themes): Promise<void> =>
  choose(page, /^(Theme|主题)/, themes[theme]);
export const chooseLanguage = (page: Page, language: keyof typeof languages): Promise<void> =>
  choose(page, /^(Language|语言)/, languages[language]);

/** What axe calls serious or critical, as lines one can read; `colours`: only what another theme can change. */
export async function barriers(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  // A colour half way between two themes has no contrast worth measuring.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  // Not in legacy mode axe opens a page of its own, which a desktop application does not let it.
  const there = await page.evaluate(() => 'axe' in window);
  const axe = new AxeBuilder({ page, ...(there && { axeSource: '/* it is there */' }) })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] });
  const { violations } = await (rules === 'all' ? axe : axe.withRules('color-contrast')).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
}
