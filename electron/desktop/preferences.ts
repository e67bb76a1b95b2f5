import { z } from 'zod';
import { desktopDefaults, desktopSchemas } from '../gateway/settings/desktop.ts';
import type { Gateway } from '../gateway/shell.ts';
import type { Ask } from './asking.ts';
import { paced } from './pace.ts';

const Stored = z.object(desktopSchemas);
export type Preferences = z.infer<typeof Stored>;

export interface FollowedPreferences {
  (): Preferences;
  /** Called after each change. */
  onChange(listener: () => void): void;
}

/** The settings of the desktop itself, at hand where nothing can be waited for. */
export async function followPreferences({ hub }: Pick<Gateway, 'hub'>, ask: Ask): Promise<FollowedPreferences> {
  let current: Preferences = desktopDefaults;
  const listeners: (() => void)[] = [];
  const read = async (): Promise<void> => {
    const view = await ask('settings.get', null);
    const next = view === null ? current : Stored.parse(view.values);
    if (JSON.stringify(next) === JSON.stringify(current)) return;
    current = next;
    for (const listener of listeners) listener();
  };
  // An import or a reset changes them all, which only the state tells.
  const later = paced(2_000, () => void read());
  hub.subscribe((name) => {
    if (name === 'setting') void read();
    if (name === 'state') later.askLater();
  });
  await read();
  return Object.assign(() => current, { onChange: (listener: () => void) => void listeners.push(listener) });
}
