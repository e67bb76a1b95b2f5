import path from 'node:path';
import { _electron } from '@playwright/test';
import { findElectron } from '../../electron/find-electron.ts';
import { findChromium } from '../../tests/chromium.ts';
import { cleanEnvironment, freePort } from '../../tests/e2e/harness/machine.ts';
import { end } from '../../tests/e2e/harness/ending.ts';
import { repository } from './configuration.ts';

/** What runs an unpacked application here: Electron, or its stand-in, which needs a Chromium; else why there is none. */
export function findRunner(): { readonly binary: string } | { readonly why: string } {
  const electron = findElectron();
  if ('binary' in electron) return electron;
  if (process.platform === 'win32') return electron;
  if (findChromium() === null) return { why: 'there is no Chromium for the stand-in for Electron' };
  return { binary: path.join(repository, 'tests/electron-host/bin/electron') };
}

export interface Seen {
  readonly title: string;
  readonly headings: readonly string[];
  readonly faults: readonly string[];
  /** The licences of others, as the window can show them. */
  readonly licences: unknown;
  readonly health: { readonly status: number; readonly body: unknown };
  readonly exitCode: number | null;
}

/** Starts the application in a folder, looks at its window and its API, and ends it. */
export async function startAndLook(binary: string, application: string, dataDir: string): Promise<Seen> {
  const port = await freePort();
  const app = await _electron.launch({
    executablePath: binary,
    args: [application, `--data-dir=${dataDir}`, `--port=${port}`],
    cwd: dataDir,
    env: cleanEnvironment({
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
      TRAYGATE_CHROMIUM: findChromium() ?? '',
    }),
  });
  const child = app.process();
  try {
    const page = await app.firstWindow();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    const heading = page.getByRole('heading', { level: 1 }).first();
    await heading.waitFor();
    const answer = await fetch(`http://127.0.0.1:${port}/health`);
    return {
      title: await page.title(),
      headings: await page.getByRole('heading', { level: 1 }).allInnerTexts(),
      faults,
      licences: await page.evaluate(() => window.traygate?.call('about.licences', null)),
      health: { status: answer.status, body: await answer.json() },
      exitCode: await end(child),
    };
  } finally {
    await end(child);
  }
}
