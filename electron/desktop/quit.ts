import { app, autoUpdater, dialog, powerMonitor } from 'electron';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from '../gateway/shell.ts';
import type { Texts } from './texts.ts';

export interface Quit {
  /** True once windows may really close. */
  readonly underway: () => boolean;
}

/** The gateway itself takes up to ten seconds to finish; one that hangs beyond that must not keep the process. */
const patience = 12_000;

type Phase = 'staying' | 'asking' | 'leaving';

/**
 * before-quit → windows close → will-quit → the gateway finishes → exit. Quitting while requests are being answered asks
 * first, unless the system itself is going down and would not wait for an answer.
 */
export function setupQuit(gateway: Pick<Gateway, 'state' | 'close' | 'resumed'>, texts: () => Texts): Quit {
  let phase: Phase = 'staying';
  let now = false;
  let closing: Promise<void> | undefined;

  const leave = (): void => {
    phase = 'leaving';
    app.quit();
  };

  const ask = async (): Promise<void> => {
    const answer = await askInFlight(texts(), gateway.state().inFlight);
    phase = 'staying';
    if (answer === 'cancel') return;
    now = answer === 'now';
    leave();
  };

  app.on('before-quit', (event) => {
    if (phase === 'leaving') return;
    if (phase === 'staying' && gateway.state().inFlight === 0) {
      phase = 'leaving';
      return;
    }
    event.preventDefault();
    if (phase === 'asking') return;
    phase = 'asking';
    void ask();
  });

  app.on('will-quit', (event) => {
    event.preventDefault();
    closing ??= closeInTime(gateway, now).finally(() => app.exit());
  });

  // An update closes the windows before anything says that it quits; the user has agreed to it, and nothing is being answered.
  autoUpdater.on('before-quit-for-update', () => {
    phase = 'leaving';
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, leave);
  powerMonitor.on('shutdown', leave);
  powerMonitor.on('resume', () => gateway.resumed());

  return { underway: () => phase === 'leaving' };
}

async function closeInTime(gateway: Pick<Gateway, 'close'>, now: boolean): Promise<void> {
  const closed = gateway.close({ now }).catch((error: unknown) => {
    console.error('The gateway did not close cleanly:', error);
  });
  await Promise.race([closed, sleep(patience, undefined, { ref: false })]);
}

async function askInFlight(texts: Texts, inFlight: number): Promise<'finish' | 'now' | 'cancel'> {
  const answers = ['finish', 'now', 'cancel'] as const;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: texts.inFlightTitle(inFlight),
    buttons: [texts.finishAndQuit, texts.quitNow, texts.cancel],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return answers[response] ?? 'cancel';
}
