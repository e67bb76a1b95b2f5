import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

const library = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const page = path.join(import.meta.dirname, 'docs-page');

const files = [
  ...['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png', 'LICENSE'].map((name) => path.join(library, name)),
  ...['index.html', 'init.js', 'page.css'].map((name) => path.join(page, name)),
];

/** The API docs page at `<root>/docs/`: everything it needs lies in one folder, so it works without network. */
export function swaggerUi(outDir: string): Plugin {
  return {
    name: 'traygate:swagger-ui',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    async writeBundle() {
      await mkdir(outDir, { recursive: true });
      await Promise.all(files.map((file) => copyFile(file, path.join(outDir, path.basename(file)))));
    },
  };
}
