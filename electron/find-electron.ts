import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * The Electron executable, or why it cannot be used here, as the end of a sentence. Never asks the electron package itself:
 * that would begin a download. ELECTRON_OVERRIDE_DIST_PATH is Electron's own variable for a folder that holds another one.
 */
export function findElectron(): { readonly binary: string } | { readonly why: string } {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return { binary: path.join(override, process.platform === 'win32' ? 'electron.exe' : 'electron') };
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pointer = path.join(folder, 'path.txt');
  const binary = existsSync(pointer) ? path.join(folder, 'dist', readFileSync(pointer, 'utf8')) : '';
  if (!existsSync(binary)) return { why: 'the Electron binary is not installed (npx install-electron fetches it)' };
  if (process.platform !== 'linux') return { binary };
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return { why: 'there is no display' };
  return process.getuid?.() === 0 ? { why: 'Electron does not run as root' } : { binary };
}
