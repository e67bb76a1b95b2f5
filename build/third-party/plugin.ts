/** Writes THIRD-PARTY.txt from the modules that really are in the bundles, with the licence texts of their packages. */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';
import { thirdPartyDocument } from './document.ts';
import { packageFolder, thirdParty } from './packages.ts';

/** They reach the product without being modules: a style sheet that is imported by another, and files that are copied. */
const copied: Record<string, readonly string[]> = {
  tailwindcss: [],
  'swagger-ui-dist': ['swagger-ui-bundle.js.LICENSE.txt'],
};

export function thirdPartyNotices(file: string): Plugin {
  const folders = new Set<string>();
  return {
    name: 'traygate:third-party',
    apply: 'build',
    // One instance for all bundles: each adds its packages, and the last one leaves the whole list.
    sharedDuringBuild: true,
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(output.modules)) {
          // A style sheet leaves nothing in its chunk.
          const folder = renderedLength > 0 || id.endsWith('.css') ? packageFolder(id) : null;
          if (folder !== null) folders.add(folder);
        }
      }
    },
    async writeBundle() {
      const require = createRequire(import.meta.url);
      const parts = [
        ...[...folders].map((folder) => thirdParty(folder)),
        ...Object.entries(copied).map(([name, more]) =>
          thirdParty(path.dirname(require.resolve(`${name}/package.json`)), more),
        ),
      ];
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, thirdPartyDocument(parts));
    },
  };
}
