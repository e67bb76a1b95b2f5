/** The window's texts in both languages, as the window makes them. */
import { i18n, startI18n } from '../../renderer/i18n/i18n.ts';
import { errorText, type ErrorText } from '../../renderer/lib/error-text.ts';
import { findingText, type FindingText } from '../../renderer/lib/finding-text.ts';
import type { Finding } from '../../shared/radar.ts';

export interface BothLanguages<T> {
  readonly en: T;
  readonly zh: T;
}

async function inBoth<T>(make: () => T): Promise<BothLanguages<T>> {
  if (!i18n.isInitialized) startI18n();
  await i18n.changeLanguage('zh-CN');
  const zh = make();
  await i18n.changeLanguage('en');
  return { en: make(), zh };
}

/** What Logs, banners and token rows say about an error code. */
export const errorTexts = (code: string, provider: string): Promise<BothLanguages<ErrorText | null>> =>
  inBoth(() => errorText(code, provider));

/** What "Check now" says about a finding. */
export const findingTexts = (finding: Finding): Promise<BothLanguages<FindingText | null>> =>
  inBoth(() => findingText(finding));
