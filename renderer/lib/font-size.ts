import { createStore } from './store.ts';

/** Pixels of ordinary text. Everything else is in proportion to it. */
export const fontSizes: readonly number[] = [12, 13, 14, 15, 16, 17, 18];
const usual = 13;
const storageKey = 'traygate.fontSize';

function remembered(): number {
  try {
    const size = Number(localStorage.getItem(storageKey));
    return fontSizes.includes(size) ? size : usual;
  } catch {
    return usual;
  }
}

export const fontSize = createStore<number>(remembered());

function apply(size: number): void {
  // 1rem is 16 px where ordinary text has the usual 13.
  document.documentElement.style.fontSize = size === usual ? '' : `${(size / usual) * 100}%`;
}

export function setFontSize(size: number): void {
  fontSize.set(size);
  apply(size);
  try {
    localStorage.setItem(storageKey, String(size));
  } catch {
    // It lasts as long as the page, then.
  }
}

export const startFontSize = (): void => apply(fontSize.get());
