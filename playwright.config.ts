import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { findElectron } from './electron/find-electron.ts';
import { findChromium } from './tests/chromium.ts';
import type { ShellOption } from './tests/e2e/fixtures.ts';

// `npm test` sets both; this is for `npx playwright test` alone. Workers inherit what the first process has found.
process.env['TRAYGATE_CHROMIUM'] ??= findChromium() ?? '';
if ('why' in findElectron())
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = path.join(import.meta.dirname, 'tests/electron-host/bin');
// The stand-in's first line asks for `node`: let it be this one.
process.env['PATH'] = `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`;

export default defineConfig<ShellOption>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each test starts the product anew, so the two spend their time in their own processes.
  workers: 2,
  // A machine that is busy with others may cost a second try; one that was needed is listed as flaky.
  retries: 1,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['./tests/e2e/harness/skip-reporter.ts']],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { trace: 'retain-on-failure', video: 'off', screenshot: 'off' },
  projects: [
    { name: 'desktop', use: { shell: 'desktop' } },
    { name: 'headless', use: { shell: 'headless' } },
  ],
});
