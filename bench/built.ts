import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBuilder } from 'vite';

/** The server as it is shipped: one bundled file, in a folder of its own. */
export async function buildProduct(): Promise<{ readonly entry: string; readonly remove: () => void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-bench-'));
  const outDir = path.join(folder, 'electron');
  // No window is opened here, but its folder is read at the start.
  mkdirSync(path.join(folder, 'renderer'));
  const root = path.join(import.meta.dirname, '..');
  const builder = await createBuilder({
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'warn',
    environments: { headless: { build: { outDir } } },
  });
  const { headless } = builder.environments;
  if (!headless) throw new Error('vite.config.ts has no environment for the server.');
  await builder.build(headless);
  return { entry: path.join(outDir, 'headless.js'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
