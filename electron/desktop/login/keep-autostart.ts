import type { Arguments } from '../arguments.ts';
import type { Ask } from '../asking.ts';
import type { FollowedPreferences } from '../preferences.ts';
import { followAutostart } from './autostart.ts';
import { openAutostart } from './open-autostart.ts';

/** Start at login follows its setting, and the setting what the system says. */
export function keepAutostart({
  args,
  ask,
  prefer,
}: {
  readonly args: Arguments;
  readonly ask: Ask;
  readonly prefer: FollowedPreferences;
}): void {
  const correct = (on: boolean): void => void ask('settings.set', { path: 'desktop.startAtLogin', value: on });
  const autostart = openAutostart(args);
  if (autostart === null) {
    if (prefer()['desktop.startAtLogin']) correct(false);
    return;
  }
  prefer.onChange(
    followAutostart({
      autostart,
      wanted: () => prefer()['desktop.startAtLogin'],
      correct,
      failed: (error) => console.error('Start at login:', error),
    }),
  );
}
