/**
 * `npm start`: builds what is stale, then starts the desktop application, or, where the Electron binary or a display is
 * missing, the same gateway headless. Plain Node with type stripping; nothing here is part of the built product.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createBuilder } from 'vite';

const root = path.join(import.meta.dirname, '..');
const sources = ['electron', 'renderer', 'shared', 'build', 'vite.config.ts', 'package.json', 'package-lock.json'];
const outputs = [
  'electron/main.js',
  'electron/preload.cjs',
  'electron/headless.js',
  'renderer/index.html',
  'docs/index.html',
];

function newest(entry: string): number {
  const file = path.join(root, entry);
  if (!existsSync(file)) return 0;
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(entry, name))));
}

async function buildIfStale(): Promise<void> {
  const built = outputs
    .map((output) => path.join(root, 'dist', output))
    .map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0));
  if (Math.min(...built) > Math.max(...sources.map(newest))) return;
  console.log('Building Traygate (this takes a few seconds)…');
  const builder = await createBuilder({ root, configFile: path.join(root, 'vite.config.ts'), logLevel: 'error' }, null);
  await builder.buildApp();
}

/** The Electron executable, or why it cannot be used. Asking the package itself would begin a download. */
function findElectron(): { readonly binary: string } | { readonly why: string } {
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

await buildIfStale();
const argv = process.argv.slice(2);
const electron = argv.includes('--headless') ? null : findElectron();
if (electron && 'binary' in electron) {
  const child = spawn(electron.binary, [root, ...argv], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  if (electron) console.log(`Running without the desktop shell: ${electron.why}.`);
  await import(new URL('../dist/electron/headless.js', import.meta.url).href);
}
