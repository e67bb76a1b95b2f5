/** Where commands of the documents are run: a folder of their own, nothing of this computer's settings, no network. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Product } from '../api/product.ts';
import { root } from '../documents.ts';
import { nowhere } from '../nowhere.ts';

const longestMs = 120_000;

export class Workshop {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'traygate-commands-'));
  #product: Product | null = null;
  #made = 0;

  /** A command that asks a running Traygate is answered. */
  async answered(command: string): Promise<void> {
    this.#product ??= await Product.start();
    const asked = command
      .replaceAll('http://127.0.0.1:8080', this.#product.url)
      .replace(/^curl/, 'curl -sS --fail-with-body');
    const key = this.#product.key;
    const { output, code } = await this.#run(asked, { KEY: key, TRAYGATE_KEY: key });
    assert.equal(code, 0, output);
    assert.match(output, /"(?:object|type)":\s*"/);
  }

  /** A command that stays says that it runs, and goes when it is told to. */
  async stays(command: string, expected: RegExp): Promise<void> {
    const { output } = await this.#run(command, {}, expected);
    assert.match(output, expected);
  }

  /** A command that does its work and ends with 0. */
  async ends(command: string, expected: RegExp): Promise<void> {
    const { output, code } = await this.#run(command);
    assert.equal(code, 0, output);
    assert.match(output, expected);
  }

  /** A path that nobody has used yet. */
  place(name: string): string {
    return path.join(this.#folder, `${++this.#made}-${name}`);
  }

  file(name: string, text: string): string {
    const file = this.place(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** As a shell runs it in the checkout; all that it has started is ended once `until` was seen. */
  async #run(
    command: string,
    more: Readonly<Record<string, string>> = {},
    until?: RegExp,
  ): Promise<{ readonly output: string; readonly code: unknown }> {
    const env = { PATH: process.env['PATH'], HOME: this.#folder, ...nowhere, ...offline, ...more };
    const child = spawn('sh', ['-c', command], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = (signal: NodeJS.Signals): void => {
      try {
        process.kill(-(child.pid ?? 0), signal);
      } catch {
        // It has ended by itself.
      }
    };
    const late = setTimeout(() => end('SIGKILL'), longestMs);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (until?.test(output)) end('SIGTERM');
      });
    const [code]: unknown[] = await once(child, 'close');
    clearTimeout(late);
    return { output, code };
  }

  async close(): Promise<void> {
    await this.#product?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const offline = { npm_config_offline: 'true', npm_config_update_notifier: 'false' } as const;
