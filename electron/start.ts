/**
 * `npm start`: builds what is stale, then starts the desktop application, or, where the Electron binary or a display is
 * missing, the same gateway headless. Plain Node with type stripping; nothing here is part of the built product.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createBuilder } from 'vite';
import { findElectron } from './find-electron.ts';

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
  const builder = await createBuilder({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'error' });
  await builder.buildApp();
}

await buildIfStale();
const argv = process.argv.slice(2);
const electron = argv.includes('--headless') || argv[0] === 'import' ? null : findElectron();
if (electron && 'binary' in electron) {
  const child = spawn(electron.binary, [root, ...argv], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  if (electron) console.log(`Running without the desktop shell: ${electron.why}.`);
  await import(new URL('../dist/electron/headless.js', import.meta.url).href);
}
