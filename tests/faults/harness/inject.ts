import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Runs before the product in its process: what the system does to it. `environment` goes to `Product.start`. */
export function inject(script: string): {
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  remove(): void;
} {
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-inject-'));
  const file = path.join(folder, 'inject.mjs');
  writeFileSync(file, script.replaceAll('FOLDER', JSON.stringify(folder)));
  return {
    environment: { NODE_OPTIONS: `--import ${file}` },
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
