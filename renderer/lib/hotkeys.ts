import { type RefObject, useEffect, useEffectEvent } from 'react';
import { preferences } from './preferences.ts';
import { isDesktop } from './wire.ts';

export const isMac = /mac|iphone|ipad/iu.test(navigator.platform);

/** The physical key, so that layouts and held modifiers do not matter, e.g. `Digit1`, `KeyF`. */
export interface Combo {
  readonly code: string;
  readonly shift?: boolean;
  /** A browser keeps this combination for itself: there it is Alt+Shift+key. */
  readonly browserOwned?: boolean;
  /** Does the same by itself, as typed, while the user has single keys switched on and types nowhere. */
  readonly single?: string;
}

function pressed(event: KeyboardEvent, { code, shift = false, browserOwned = false }: Combo): boolean {
  if (event.code !== code) return false;
  if (/^F\d/u.test(code)) return !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (browserOwned && !isDesktop) return event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey;
  const command = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return command && event.shiftKey === shift && !event.altKey;
}

const types = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';

function pressedAlone({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent, { single }: Combo): boolean {
  if (key !== single || !preferences.get().singleKeys || ctrlKey || metaKey || altKey) return false;
  return !(target instanceof Element && target.matches(types));
}

export function useHotkey(combo: Combo, run: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat) return;
    if (!pressed(event, combo) && !pressedAlone(event, combo)) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** Ctrl/Cmd+F, or / alone, goes to the search field of the page. */
export function useSearchHotkey(field: RefObject<HTMLInputElement | null>): void {
  useHotkey({ code: 'KeyF', single: '/' }, () => {
    field.current?.focus();
    field.current?.select();
  });
}

/** What to show beside a control, in the words of the platform. */
export function comboLabel(key: string, { shift = false, browserOwned = false }: Omit<Combo, 'code'> = {}): string {
  if (browserOwned && !isDesktop) return isMac ? `⌥⇧${key}` : `Alt+Shift+${key}`;
  if (isMac) return `${shift ? '⇧' : ''}⌘${key}`;
  return `Ctrl+${shift ? 'Shift+' : ''}${key}`;
}
