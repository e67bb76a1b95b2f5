import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type FigureWindow, figureWindows, windowNames } from '../../../../shared/figures.ts';
import { call } from '../../../lib/backend.ts';
import { exchangeFeed } from '../../../lib/exchange-feed.ts';
import { queries } from '../../../lib/queries.ts';
import { createStore, useStore } from '../../../lib/store.ts';

const storageKey = 'traygate.window';
/** How soon after a request its figures are shown, at most; many at once are read together. */
const soonMs = 1_000;

function remembered(): FigureWindow {
  try {
    const saved = localStorage.getItem(storageKey);
    return windowNames.find((name) => name === saved) ?? '1h';
  } catch {
    return '1h';
  }
}

const chosen = createStore<FigureWindow>(remembered());

export const useFigureWindow = (): FigureWindow => useStore(chosen);

export function chooseWindow(window: FigureWindow): void {
  chosen.set(window);
  try {
    localStorage.setItem(storageKey, window);
  } catch {
    // It is only forgotten when the page is closed.
  }
}

const readAgain = (): void => void queries.invalidateQueries({ queryKey: ['figures'] });

/** The figures of the chosen window, renewed with each request and each step, but not while they are `held`. */
export function useFigures(held: boolean) {
  const window = useFigureWindow();
  const query = useQuery({
    queryKey: ['figures', window],
    queryFn: () => call('figures.get', { window }),
    staleTime: 0,
    refetchOnMount: 'always',
    placeholderData: keepPreviousData,
    refetchInterval: held ? false : Math.min(figureWindows[window].bucketMs, 15_000),
  });
  useEffect(() => {
    // What happened while they were held is made up for.
    if (held) return readAgain;
    let timer: ReturnType<typeof setTimeout> | undefined;
    return exchangeFeed.subscribe(() => {
      // One that is due is also read when they are held meanwhile: they stand still with what is known.
      timer ??= setTimeout(() => {
        timer = undefined;
        readAgain();
      }, soonMs);
    });
  }, [held]);
  return query;
}

/** Charts stand still while somebody points at them, works in them, or has said so. */
export function useHold() {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [paused, setPaused] = useState(false);
  return {
    held: pointed || focused || paused,
    paused,
    setPaused,
    area: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: ({ target }: { target: EventTarget }) =>
        setFocused(target instanceof Element && target.matches('[type=range]')),
      onBlur: () => setFocused(false),
    },
  };
}
