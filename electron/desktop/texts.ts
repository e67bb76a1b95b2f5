import type { GatewayState } from '../../shared/state.ts';
import { english, type Texts } from './texts.en.ts';
import { chinese } from './texts.zh-CN.ts';

export type { Texts } from './texts.en.ts';

/** The words of tray and dialogs, in the language chosen in the window or else in the system's first one. */
export function textsFor(language: GatewayState['language'], system: readonly string[]): Texts {
  const wanted = language === 'system' ? (system[0] ?? 'en') : language;
  return /^zh\b/i.test(wanted) ? chinese : english;
}
