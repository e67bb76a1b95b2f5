import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BundleSources, supportText } from './bundle.ts';

export interface Preview {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** A report for the maintainers, in two steps: it is read first, and only what was read can be saved. It is sent to nobody. */
export class Support {
  readonly #sources: BundleSources;
  #shown: Preview | null = null;

  constructor(sources: BundleSources) {
    this.#sources = sources;
  }

  preview(now = Date.now()): Preview {
    const text = supportText(this.#sources, now);
    const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
    const id = createHash('sha256').update(text).digest('hex').slice(0, 16);
    this.#shown = { id, name: `traygate-support-${stamp}.json`, text };
    return this.#shown;
  }

  /** Null when something else was previewed meanwhile. */
  save(id: string): { path: string } | null {
    if (this.#shown?.id !== id) return null;
    const folder = path.join(this.#sources.dataDir, 'support');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, this.#shown.name);
    writeFileSync(file, this.#shown.text, { mode: 0o600 });
    return { path: file };
  }
}
