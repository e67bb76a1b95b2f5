import type { BrowserWindow } from 'electron';

/** So many crashes within so long are a page that cannot live; loading it again would go on for ever. */
const most = 3;
const withinMs = 5 * 60_000;

/** What is told of a page that has ended by itself. */
export type CrashWord = 'reloaded' | 'given-up';

/** Whether to load the page once more. Counts the crash. */
export function crashCounter(clock: () => number = () => performance.now()): () => CrashWord {
  let times: number[] = [];
  return () => {
    const now = clock();
    times = [...times.filter((at) => now - at < withinMs), now];
    return times.length > most ? 'given-up' : 'reloaded';
  };
}

/** The gateway goes on without its window; a window whose page has crashed is loaded again, a few times, then given up. */
export function recoverFromCrashes(window: BrowserWindow, tell: (word: CrashWord) => void): void {
  const count = crashCounter();
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    // The page was told to end.
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const word = count();
    console.error(`The window's page has ended (${reason}, ${exitCode}): ${word}`);
    tell(word);
    if (word === 'reloaded') window.webContents.reload();
    // The next click on the tray makes a new one.
    else window.destroy();
  });
}
