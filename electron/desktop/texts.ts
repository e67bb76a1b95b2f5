import type { GatewayState } from '../../shared/state.ts';
import { english, type Texts } from './texts.en.ts';
import { chinese } from './texts.zh-CN.ts';

export type { Texts } from './texts.en.ts';

/** The words of tray and dialogs, in the language chosen in the window or else the system's first one that we speak. */
export function textsFor(language: GatewayState['language'], system: readonly string[]): Texts {
  const wanted = language === 'system' ? system.find((tag) => /^(en|zh)\b/i.test(tag)) : language;
  return wanted !== undefined && /^zh\b/i.test(wanted) ? chinese : english;
}
