import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBuilder } from 'vite';

/** The server as it is shipped: one bundled file, in a folder of its own; with the window only where one is opened. */
export async function buildProduct({ window = false } = {}): Promise<{
  readonly entry: string;
  readonly remove: () => void;
}> {
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-bench-'));
  const outDir = path.join(folder, 'electron');
  // Its folder is read at the start, also where no window is opened.
  const windowDir = path.join(folder, 'renderer');
  mkdirSync(windowDir);
  const root = path.join(import.meta.dirname, '..');
  const builder = await createBuilder({
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'warn',
    environments: { headless: { build: { outDir } }, client: { build: { outDir: windowDir } } },
  });
  const { headless, client } = builder.environments;
  if (!headless || !client)
    throw new Error('vite.config.ts has no environment for the server, or none for the window.');
  await builder.build(headless);
  if (window) await builder.build(client);
  return { entry: path.join(outDir, 'headless.js'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
