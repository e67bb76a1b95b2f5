import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, expect, type Page, test as base } from '@playwright/test';
import { nowhere } from '../nowhere.ts';
import { startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';
import { startDesktop } from './harness/desktop.ts';
import { collectFaults } from './harness/faults.ts';
import { startHeadless } from './harness/headless.ts';
import { freePort, newDataDir } from './harness/machine.ts';
import type { Product, Start } from './harness/product.ts';

export { expect } from '@playwright/test';
export type { Product } from './harness/product.ts';

export interface ShellOption {
  shell: 'desktop' | 'headless';
}

interface Fixtures {
  /** Variables for the product, besides where the simulator is. */
  environment: Record<string, string>;
  /** The port to listen on if it is free; 0, the default, for any. */
  wantedPort: number;
  /** The port is a saved setting instead of an option of the start. */
  portIsSaved: boolean;
  /** How the site behaves from the start. */
  zaiSettings: Partial<ZaiSimulator['settings']>;
  /** A Z.AI of this test's own. */
  zai: ZaiSimulator;
  /** A data folder and a port of this test's own. */
  start: Start;
  product: Product;
  page: Page;
}

/** Starts a browser when it is first asked for: the desktop brings its own. */
type OpenBrowser = () => Promise<Browser>;

export const test = base.extend<Fixtures, ShellOption & { openBrowser: OpenBrowser }>({
  shell: ['desktop', { option: true, scope: 'worker' }],
  environment: [{}, { option: true }],
  wantedPort: [0, { option: true }],
  portIsSaved: [false, { option: true }],
  zaiSettings: [{}, { option: true }],

  openBrowser: [
    async ({ playwright }, use) => {
      let browser: Promise<Browser> | undefined;
      const executablePath = process.env['TRAYGATE_CHROMIUM'] ?? '';
      await use(() => (browser ??= playwright.chromium.launch({ executablePath, args: ['--no-sandbox'] })));
      await (await browser)?.close();
    },
    { scope: 'worker' },
  ],

  zai: async ({ zaiSettings }, use) => {
    const simulator = await startZaiSimulator({ settings: zaiSettings });
    await use(simulator);
    await simulator.close();
  },

  start: async ({ zai, environment, wantedPort, portIsSaved }, use) => {
    const dataDir = await newDataDir();
    const port = await freePort(wantedPort);
    if (portIsSaved) await writeFile(path.join(dataDir, 'settings.json'), JSON.stringify({ server: { port } }));
    await use({
      dataDir,
      port,
      portIsSaved,
      // By itself Home would ask, and tests count what is asked.
      environment: { ...nowhere, ZAI_BASE_URL: zai.url, SELF_TEST: 'false', ...environment },
    });
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  },

  product: async ({ shell, start, openBrowser }, use) => {
    const product = shell === 'desktop' ? await startDesktop(start) : await startHeadless(start, await openBrowser());
    const faults = collectFaults(product.page);
    try {
      await product.page.getByRole('navigation').waitFor();
      await use(product);
    } finally {
      if (product.app === null) await product.context.close();
      await product.end();
    }
    expect(faults, 'errors in the page').toEqual([]);
  },

  page: async ({ product }, use) => {
    await use(product.page);
  },
});
