import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from '@playwright/test';
import { end } from './ending.ts';
import { cleanEnvironment, repository } from './machine.ts';
import type { Product, Start } from './product.ts';

const entry = path.join(repository, 'dist/electron/headless.js');

export interface Server {
  readonly child: ChildProcess;
  readonly signInLink: string;
}

/** Resolves once the server has printed its sign-in link, which it does when it listens. */
export async function startServer({ dataDir, port, environment, portIsSaved = false }: Start): Promise<Server> {
  const child = spawn(process.execPath, [entry, ...(portIsSaved ? [] : [`--port=${port}`]), `--data-dir=${dataDir}`], {
    cwd: dataDir,
    env: cleanEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A worker that is stopped in the middle leaves no server behind.
  const orphaned = () => child.kill();
  process.once('exit', orphaned);
  child.once('exit', () => process.off('exit', orphaned));
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    const link = /https?:\/\/\S+#\/sign-in\?code=\S+/.exec(line)?.[0];
    if (link !== undefined) {
      // Nobody reads on, and a full pipe would stop the server.
      child.stdout.resume();
      return { child, signInLink: link };
    }
  }
  throw new Error(`The server did not start:\n${said.join('\n')}`);
}

/** The default client key, as whoever runs a server gets at it. */
export async function clientKeyOf({ dataDir }: Start): Promise<string> {
  return (await readFile(path.join(dataDir, 'client-key'), 'utf8')).trim();
}

export async function startHeadless(start: Start, browser: Browser): Promise<Product> {
  const { child, signInLink } = await startServer(start);
  const baseUrl = `http://127.0.0.1:${start.port}`;
  const context = await browser.newContext({ locale: 'en-US' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseUrl });
  const page = await context.newPage();
  await page.goto(signInLink);
  return {
    shell: 'headless',
    page,
    context,
    ...start,
    baseUrl,
    app: null,
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    clientKey: () => clientKeyOf(start),
    signInLink,
    end: () => end(child),
  };
}
