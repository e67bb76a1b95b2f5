import { useEffect, useEffectEvent } from 'react';
import { useHotkey } from '../../lib/hotkeys.ts';

/** Ctrl/Cmd+Enter sends; Esc stops what runs, and is left to others while nothing does. */
export function useSendKeys(send: () => void, stop: (() => void) | null): void {
  useHotkey({ code: 'Enter' }, send);
  const escape = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || stop === null) return;
    event.preventDefault();
    stop();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => escape(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
