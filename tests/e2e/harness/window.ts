import { spawn } from 'node:child_process';
import type { JSHandle } from '@playwright/test';
import { findElectron } from '../../../electron/find-electron.ts';
import { cleanEnvironment, repository } from './machine.ts';
import type { Product, Start } from './product.ts';

export async function isVisible({ app }: Pick<Product, 'app'>): Promise<boolean | undefined> {
  return app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
}

/** What the window's close button does. */
export async function closeWindow({ app }: Product): Promise<void> {
  await app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

export async function quit({ app }: Product): Promise<void> {
  await app?.evaluate(({ app: electronApp }) => electronApp.quit());
}

/** Answers the next question by its button, and remembers what was asked. */
export async function answerDialogs({ app }: Product, response: number): Promise<void> {
  await app?.evaluate(({ dialog }, button) => {
    dialog.showMessageBox = () => Promise.resolve({ response: button, checkboxChecked: false });
  }, response);
}

/** The messages of the boxes shown from now on. */
export async function dialogsOf({ app }: Product): Promise<JSHandle<string[]>> {
  const messages = await app?.evaluateHandle(({ dialog }) => {
    const said: string[] = [];
    const show = (...args: unknown[]) => {
      const options = args.at(-1);
      said.push(
        typeof options === 'object' && options !== null && 'detail' in options && 'message' in options
          ? String(options.message)
          : '',
      );
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
    dialog.showMessageBox = show;
    return said;
  });
  if (!messages) throw new Error('only the desktop has dialogs');
  return messages;
}

/** The files and folders that are opened from now on. */
export async function openedBy({ app }: Product): Promise<JSHandle<string[]>> {
  const opened = await app?.evaluateHandle(({ shell }) => {
    const paths: string[] = [];
    shell.openPath = (path) => Promise.resolve(String(paths.push(path) && ''));
    return paths;
  });
  if (!opened) throw new Error('only the desktop opens files');
  return opened;
}

export function exitCode({ app }: Product): Promise<number | null> {
  const child = app?.process();
  if (!child || child.exitCode !== null) return Promise.resolve(child?.exitCode ?? null);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

export interface Ending {
  readonly code: number | null;
  readonly said: string;
}

/** Starts the application by hand, as a double click on its icon does, and waits for its end. */
export async function runToEnd({ dataDir, environment }: Start, args: readonly string[] = []): Promise<Ending> {
  const electron = findElectron();
  if ('why' in electron) throw new Error(electron.why);
  const child = spawn(electron.binary, [repository, `--data-dir=${dataDir}`, ...args], {
    cwd: dataDir,
    env: cleanEnvironment(environment),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, said }));
  });
}
