/**
 * `npm test`: types, lint, format, unit and API tests, then the window's tests in both shells.
 *   --unit         without a browser
 *   --screenshots  remakes docs/images instead
 * Anything else is handed to Playwright, e.g. `npm test -- tokens`.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findElectron } from '../electron/find-electron.ts';
import { findChromium } from './chromium.ts';
import { installServer } from './replicas/server.ts';
import { helpIfAsked } from './help.ts';

helpIfAsked(`
npm test [-- --unit | --screenshots | what Playwright takes]

  (nothing)      types, lint, format, unit and API tests, then the window's tests in both shells
  --unit         without a browser
  --screenshots  remakes docs/images instead
  tokens …       names of specs and other arguments for Playwright`);
const root = path.join(import.meta.dirname, '..');
const argv = process.argv.slice(2);
const unitOnly = argv.includes('--unit');
const screenshots = argv.includes('--screenshots');
const rest = argv.filter((argument) => argument !== '--unit' && argument !== '--screenshots');

function run(title: string, tool: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): void {
  console.log(`\n— ${title}`);
  const started = performance.now();
  const script = path.join(root, 'node_modules', tool);
  const { status, signal } = spawnSync(process.execPath, tool ? [script, ...args] : [...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status === 0) return;
  console.error(
    `\n${title} failed${signal ? ` (${signal})` : ''} after ${Math.round((performance.now() - started) / 1000)} s.`,
  );
  process.exit(status ?? 1);
}

const build = (): void => run('Build', 'vite/bin/vite.js', ['build', '--logLevel', 'warn']);

function unitTests(): void {
  run('Types', 'typescript/bin/tsc', ['--noEmit']);
  run('Types of the Electron stand-in', 'typescript/bin/tsc', ['--noEmit', '-p', 'tests/electron-host']);
  run('Lint', 'oxlint/bin/oxlint', []);
  run('Format', 'oxfmt/bin/oxfmt', ['--check', '.']);
  installServer();
  const files = [
    'electron/**/*.test.ts',
    'shared/**/*.test.ts',
    'renderer/**/*.test.ts',
    'build/**/*.test.ts',
    'tests/**/*.test.ts',
  ];
  // Some start what is built; none is to find it half built by another.
  build();
  run('Unit and API tests', '', ['--test', '--test-concurrency=2', ...files]);
}

function windowTests(): void {
  const browser = findChromium();
  if (browser === null) {
    console.error(
      '\nThe window tests need a Chromium, and none was found. Install one with:\n\n  npx playwright install chromium\n\nor run the others alone: npm test -- --unit',
    );
    process.exit(1);
  }
  const electron = findElectron();
  const standIn = path.join(root, 'tests/electron-host/bin');
  console.log(`\nWindow tests use ${browser}`);
  console.log(
    'binary' in electron
      ? `Desktop tests use ${electron.binary}`
      : `Desktop tests use the stand-in for Electron, because ${electron.why}.`,
  );
  build();
  run(
    'Window tests in both shells',
    '@playwright/test/cli.js',
    ['test', ...(screenshots ? ['screenshots', '--project=desktop'] : rest)],
    {
      TRAYGATE_CHROMIUM: browser,
      ...(!('binary' in electron) && { ELECTRON_OVERRIDE_DIST_PATH: standIn }),
      ...(screenshots && { TRAYGATE_SCREENSHOTS: '1' }),
    },
  );
}

console.log(`Node ${process.version}`);
if (!screenshots) unitTests();
if (!unitOnly) windowTests();
