import type { KeyboardEvent } from 'react';

/** Arrow keys, Home and End move the focus among what matches `selector` inside of `list`. Returns whether it moved. */
export function moveFocus(event: KeyboardEvent, list: Element | null, selector: string): boolean {
  if (list === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const items = [...list.querySelectorAll<HTMLElement>(selector)];
  const at = items.findIndex((item) => item === document.activeElement);
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  const item = target === undefined ? undefined : items[target];
  if (item === undefined) return false;
  event.preventDefault();
  item.focus();
  return true;
}
