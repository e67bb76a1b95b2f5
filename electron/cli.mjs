#!/usr/bin/env node
/**
 * `npx traygate …`. In a checkout: what `npm start -- …` does, with the Node that came with `npm ci`, whichever is installed.
 * From the archive of `npm pack` there is only what was built, and it is a server.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const start = path.join(root, 'electron/start.ts');
const wanted = 24;
if (existsSync(start)) {
  const own = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const node = existsSync(own) ? own : process.execPath;
  const child = spawn(node, [start, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
} else if (Number.parseInt(process.versions.node, 10) < wanted) {
  process.stderr.write(
    `Traygate needs Node ${wanted} or newer; this is ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exitCode = 69;
} else {
  await import(new URL('../dist/electron/headless.js', import.meta.url).href);
}
