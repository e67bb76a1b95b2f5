import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { end } from './ending.ts';
import { cleanEnvironment, repository } from './machine.ts';
import type { Product, Start } from './product.ts';

/** What the first close asks has been answered, unless a test has written that file itself: a real box waits for a click. */
async function answerFirstClose(dataDir: string): Promise<void> {
  await writeFile(path.join(dataDir, 'window.json'), JSON.stringify({ closeAsked: true }), { flag: 'wx' }).catch(
    () => {},
  );
}

/** The application alone; with `--hidden` it has no window yet. */
export async function launchDesktop(
  { dataDir, port, environment, portIsSaved = false }: Start,
  args: string[] = [],
): Promise<ElectronApplication> {
  await answerFirstClose(dataDir);
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
