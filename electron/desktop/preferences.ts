import { z } from 'zod';
import type { Gateway } from '../gateway/shell.ts';
import type { Ask } from './asking.ts';

const Preferences = z.object({
  'desktop.closeButton': z.enum(['hide', 'quit']).catch('hide'),
  'desktop.lightweight': z.boolean().catch(true),
});
export type Preferences = z.infer<typeof Preferences>;

/** The settings of the desktop itself, at hand where nothing can be waited for. */
export async function followPreferences({ hub }: Pick<Gateway, 'hub'>, ask: Ask): Promise<() => Preferences> {
  let current = Preferences.parse({});
  const read = async (): Promise<void> => {
    const view = await ask('settings.get', null);
    if (view !== null) current = Preferences.parse(view.values);
  };
  hub.subscribe((name) => {
    if (name === 'setting') void read();
  });
  await read();
  return () => current;
}
