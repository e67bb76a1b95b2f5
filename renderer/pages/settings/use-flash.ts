import { useEffect, useRef } from 'react';

const flashMs = 2_000;

/** Goes to a setting on this page, marks it for a moment and puts the focus on its control. */
export function useFlash(): (id: string) => void {
  const wanted = useRef<string | null>(null);
  // After every drawing: the section it is in may have to be drawn first.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = document.querySelector<HTMLElement>(`#setting-${wanted.current}`);
    if (row === null) return;
    wanted.current = null;
    row.scrollIntoView({ block: 'center' });
    row.dataset['found'] = '';
    row.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true });
    setTimeout(() => delete row.dataset['found'], flashMs);
  });
  return (id) => {
    wanted.current = id;
  };
}
