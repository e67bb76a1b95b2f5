import { nativeTheme } from 'electron';
import type { Gateway } from '../gateway/shell.ts';

/** The title bar, and what the page sees as the system's preference, follow the theme chosen in the window. */
export function followTheme(gateway: Pick<Gateway, 'hub' | 'state'>): void {
  const follow = (): void => {
    nativeTheme.themeSource = gateway.state().theme;
  };
  follow();
  gateway.hub.subscribe((name) => {
    if (name === 'state') follow();
  });
}
