import { _electron, type ElectronApplication } from '@playwright/test';
import { end } from './ending.ts';
import { cleanEnvironment, repository } from './machine.ts';
import type { Product, Start } from './product.ts';

/** The application alone; with `--hidden` it has no window yet. */
export function launchDesktop(
  { dataDir, port, environment, portIsSaved = false }: Start,
  args: string[] = [],
): Promise<ElectronApplication> {
  return _electron.launch({
    args: [repository, `--data-dir=${dataDir}`, ...(portIsSaved ? [] : [`--port=${port}`]), ...args],
    // Not the repository, where a developer's .env may lie.
    cwd: dataDir,
    env: cleanEnvironment(environment),
  });
}

export async function startDesktop(start: Start): Promise<Product> {
  const { dataDir, port } = start;
  const app = await launchDesktop(start);
  const child = app.process();
  const page = await app.firstWindow();
  const clipboard = () => app.evaluate(({ clipboard: shared }) => shared.readText());
  return {
    shell: 'desktop',
    page,
    context: app.context(),
    dataDir,
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    app,
    clipboard,
    async clientKey() {
      await page.evaluate(() => window.traygate?.call('clientKey.copy', null));
      return clipboard();
    },
    signInLink: null,
    end: () => end(child),
  };
}
