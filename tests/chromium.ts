import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const installed: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
};

const debianPackage = 'chromium-headless-shell';

function installDebianPackage(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  console.log(`No Chromium found; installing Debian's ${debianPackage}…`);
  return apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', debianPackage);
}

/** A Chromium for the window's tests: named by TRAYGATE_CHROMIUM, Playwright's own, an installed one, or Debian's by apt as root. */
export function findChromium(): string | null {
  const named = process.env['TRAYGATE_CHROMIUM'];
  if (named) return existsSync(named) ? named : null;
  const candidates = [chromium.executablePath(), ...(installed[process.platform] ?? [])];
  const found = candidates.find((file) => existsSync(file));
  if (found) return found;
  return installDebianPackage() ? (candidates.find((file) => existsSync(file)) ?? null) : null;
}
