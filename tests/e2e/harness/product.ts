import type { BrowserContext, ElectronApplication, Page } from '@playwright/test';

/** Traygate running for one test, whichever shell it runs in. */
export interface Product {
  readonly shell: 'desktop' | 'headless';
  /** The window. */
  readonly page: Page;
  readonly context: BrowserContext;
  readonly dataDir: string;
  readonly port: number;
  /** Without /v1. */
  readonly baseUrl: string;
  /** The desktop application; null in headless mode. */
  readonly app: ElectronApplication | null;
  /** What the page's copy buttons have put on the clipboard. */
  readonly clipboard: () => Promise<string>;
  /** The default client key, as the user gets at it. */
  readonly clientKey: () => Promise<string>;
  /** The link that opens the window in a browser, headless only. */
  readonly signInLink: string | null;
  /** Asks the process to end as the system would, and resolves with its exit code. */
  readonly end: () => Promise<number | null>;
}

export interface Start {
  readonly dataDir: string;
  readonly port: number;
  readonly environment: Record<string, string>;
  /** The port is saved as a setting, so that it can be changed, instead of being an option of the start. */
  readonly portIsSaved?: boolean;
}
