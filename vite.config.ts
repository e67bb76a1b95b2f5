import { builtinModules } from 'node:module';
import path from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';
import { helpPages } from './build/help-pages.ts';
import { swaggerUi } from './build/swagger-ui.ts';
import { thirdPartyNotices } from './build/third-party/plugin.ts';

const here = (...parts: string[]) => path.join(import.meta.dirname, ...parts);

/** Code for Electron's own processes and for the server: one self-contained file, nothing from node_modules at run time. */
const bundle = (entry: string, format: 'es' | 'cjs', target: string): EnvironmentOptions => ({
  consumer: 'server',
  resolve: { noExternal: true },
  build: {
    target,
    outDir: here('dist/electron'),
    emptyOutDir: false,
    minify: false,
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: {
      input: here(`electron/${entry}.ts`),
      external: ['electron', /^node:/, ...builtinModules],
      output: { format, entryFileNames: `${entry}.${format === 'cjs' ? 'cjs' : 'js'}`, codeSplitting: false },
    },
  },
});

export default defineConfig({
  root: here('renderer'),
  base: './',
  plugins: [
    react(),
    tailwindcss(),
    swaggerUi(here('dist/docs')),
    helpPages(here('dist/docs')),
    thirdPartyNotices(here('dist/THIRD-PARTY.txt')),
  ],
  builder: {},
  environments: {
    client: {
      build: { outDir: here('dist/renderer'), emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 1500 },
    },
    main: bundle('main', 'es', 'node24'),
    headless: bundle('headless', 'es', 'node24'),
    preload: bundle('preload', 'cjs', 'chrome140'),
  },
});
