import type { Gateway } from '../gateway/shell.ts';
import type { Ask } from './asking.ts';
import type { Notice } from './notices/notice.ts';
import { openTray } from './open-tray.ts';
import type { Preferences } from './preferences.ts';
import type { Texts } from './texts.ts';
import { openUpdates } from './updates/open-updates.ts';
import type { Updates } from './updates/updates.ts';
import type { MainWindow } from './window.ts';

export interface TrayAndUpdates {
  readonly gateway: Gateway;
  readonly ask: Ask;
  readonly prefer: () => Preferences;
  readonly window: MainWindow;
  readonly texts: () => Texts;
  readonly notice: (notice: Notice) => void;
  readonly hasTray: boolean;
}

/** Updates are offered in the tray and nowhere else, so they come together. */
export function openTrayAndUpdates({ gateway, ask, prefer, window, texts, notice, hasTray }: TrayAndUpdates): void {
  if (!hasTray) return;
  let updates: Updates | null = null;
  const redraw = openTray({
    gateway,
    ask,
    window,
    texts,
    update: { state: () => updates?.state ?? { kind: 'none' }, go: () => void updates?.go() },
  });
  void openUpdates({
    gateway,
    wanted: () => prefer()['desktop.updates'],
    changed: redraw,
    found: (version) => notice({ kind: 'update', version }),
    failed: (error, asked) => {
      console.error('Update:', error);
      if (asked) notice({ kind: 'update-failed' });
    },
  }).then((opened) => (updates = opened));
}
