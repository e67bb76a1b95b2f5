import { useEffect, useState } from 'react';
import { appearance, isDark } from '../../../lib/appearance.ts';
import type { Colour } from './chart.ts';

/** What a canvas must be told, because it knows no variables: colours as they are under the theme of this element. */
export function coloursOf(element: HTMLElement): (name: Colour | 'color-line' | 'color-bg') => string {
  const probe = document.createElement('span');
  element.append(probe);
  const known = new Map<string, string>();
  const colour = (name: string): string => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (!probe.isConnected) element.append(probe);
    probe.style.color = `var(--${name})`;
    const value = getComputedStyle(probe).color;
    known.set(name, value);
    probe.remove();
    return value;
  };
  probe.remove();
  return colour;
}

/** Changes whenever colours do: with the theme, and with the system's own. */
export function useTheme(): string {
  const [theme, setTheme] = useState(themeNow);
  useEffect(() => {
    const changed = () => setTheme(themeNow());
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query));
    for (const query of queries) query.addEventListener('change', changed);
    const stop = appearance.subscribe(changed);
    return () => {
      stop();
      for (const query of queries) query.removeEventListener('change', changed);
    };
  }, []);
  return theme;
}

const themeNow = (): string =>
  `${isDark() ? 'dark' : 'light'} ${matchMedia('(forced-colors: active)').matches ? 'forced' : ''}`;
