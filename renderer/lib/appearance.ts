import type { GatewayState } from '../../shared/state.ts';
import { setLanguage } from '../i18n/i18n.ts';
import { call } from './backend.ts';
import { gatewayState } from './gateway-state.ts';
import { session } from './session.ts';
import { createStore } from './store.ts';

export type Appearance = Pick<GatewayState, 'language' | 'theme'>;

const storageKey = 'traygate.appearance';
export const languages: readonly Appearance['language'][] = ['system', 'en', 'zh-CN'];
export const themes: readonly Appearance['theme'][] = ['system', 'light', 'dark'];

/** The sign-in page comes before the gateway's own preferences are known; the last ones seen serve until then. */
function remembered(): Appearance {
  try {
    const [language, theme] = (localStorage.getItem(storageKey) ?? '').split(' ');
    return {
      language: languages.find((known) => known === language) ?? 'system',
      theme: themes.find((known) => known === theme) ?? 'system',
    };
  } catch {
    return { language: 'system', theme: 'system' };
  }
}

export const appearance = createStore<Appearance>(remembered());

function apply({ language, theme }: Appearance): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  void setLanguage(language === 'system' ? systemLanguage() : language);
}

const systemLanguage = (): 'en' | 'zh-CN' =>
  navigator.languages
    .find((tag) => /^(en|zh)/iu.test(tag))
    ?.toLowerCase()
    .startsWith('zh')
    ? 'zh-CN'
    : 'en';

function show(next: Appearance): void {
  const shown = appearance.get();
  if (shown.language === next.language && shown.theme === next.theme) return;
  appearance.set(next);
  apply(next);
  try {
    localStorage.setItem(storageKey, `${next.language} ${next.theme}`);
  } catch {
    // Storage can be switched off in a browser; the gateway keeps the preference anyway.
  }
}

/** Shows the change at once and has the gateway keep it. */
export async function setAppearance(change: Partial<Appearance>): Promise<void> {
  show({ ...appearance.get(), ...change });
  if (session.get() !== 'in') return;
  await call('preferences.set', change);
}

/** True while the page is shown dark, whatever made it so. */
export function isDark(): boolean {
  const { theme } = appearance.get();
  return theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}

export function startAppearance(): void {
  apply(appearance.get());
  gatewayState.subscribe(() => {
    const state = gatewayState.get();
    if (state !== null) show({ language: state.language, theme: state.theme });
  });
}
