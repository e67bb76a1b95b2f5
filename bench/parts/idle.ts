import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findChromium } from '../../tests/chromium.ts';
import { nowhere } from '../../tests/nowhere.ts';
import type { Timers } from '../../tests/timers.ts';
import { usage } from '../processes/machine.ts';
import type { Setting } from '../setting.ts';
import { table } from '../table.ts';

/** What is done once after the start has ended by then. */
const settleMs = 15_000;
const usualSeconds = 20;
const root = path.join(import.meta.dirname, '../..');

interface Running {
  readonly name: string;
  readonly pid: number;
  /** Where it writes what its timers did. */
  readonly file: string;
  readonly stop: () => Promise<unknown>;
}

/** Traygate with tokens that nobody asks: what it does all the same. `npm run bench idle 600` looks for ten minutes. */
export async function idle({ startProduct }: Setting): Promise<void> {
  const seconds = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? usualSeconds);
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-idle-'));
  const tokens = path.join(folder, 'tokens.txt');
  writeFileSync(tokens, [1, 2, 3, 4, 5].map((number) => `token-${number}-${'x'.repeat(40)}`).join('\n'));
  const environment = (file: string) => ({
    NODE_OPTIONS: `--enable-source-maps --import ${path.join(root, 'tests/timers.ts')}`,
    TRAYGATE_TIMERS: file,
    AUTH_TOKENS_FILE: tokens,
    ANONYMOUS_MODE: 'true',
  });
  const files = [path.join(folder, 'server.json'), path.join(folder, 'desktop.json')] as const;
  const product = await startProduct(environment(files[0]));
  const running: Running[] = [{ name: 'server', pid: product.pid, file: files[0], stop: () => product.stop() }];
  try {
    const chromium = findChromium();
    if (chromium !== null)
      running.push(await startHidden(folder, { ...environment(files[1]), TRAYGATE_CHROMIUM: chromium }));
    await sleep(settleMs);
    const before = await Promise.all(running.map(look));
    await sleep(seconds * 1000);
    const after = await Promise.all(running.map(look));
    const spans = running.flatMap(({ name }, at) => {
      const [first, last] = [before[at], after[at]];
      return first && last ? [{ name, first, last, took: (last.at - first.at) / 1000 }] : [];
    });
    table(
      `idle, ${seconds} s`,
      ['CPU', 'of one core', 'turns of the loop', 'woken by the system'],
      spans.map(({ name, first, last, took }) => {
        const cpu = last.cpuMs - first.cpuMs;
        const often = (key: 'turns' | 'woken') => `${((last[key] - first[key]) / took).toFixed(2)} /s`;
        return [`  ${name}`, `${cpu} ms`, `${(cpu / took / 10).toFixed(3)} %`, often('turns'), often('woken')];
      }),
    ); // prettier-ignore
    for (const { name, first, last, took } of spans) {
      const fired = Object.entries(last.fired)
        .map(([line, count]) => ({ line, count: count - (first.fired[line] ?? 0) }))
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => b.count - a.count);
      table(
        `timers, ${name}`,
        ['fired', 'a second'],
        fired.map(({ line, count }) => [`  ${line}`, String(count), (count / took).toFixed(3)]),
      );
    }
  } finally {
    await Promise.all(running.map(({ stop }) => stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The desktop application without a window, on the stand-in for Electron: its main process is what is looked at. */
async function startHidden(folder: string, environment: Readonly<Record<string, string>>): Promise<Running> {
  const dataDir = path.join(folder, 'desktop');
  const args = ['--hidden', '--port', '0', '--data-dir', dataDir];
  const child = spawn(process.execPath, [path.join(root, 'electron/start.ts'), ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      ELECTRON_OVERRIDE_DIST_PATH: path.join(root, 'tests/electron-host/bin'),
      ...nowhere,
      ...environment,
    },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const stop = () => {
    child.kill('SIGTERM');
    return exited;
  };
  for (let looks = 0; looks < 600 && child.exitCode === null; looks++) {
    await sleep(100);
    const [, pid, url] = /"pid":(\d+)(,"url")?/.exec(ownerOf(dataDir)) ?? [];
    if (url !== undefined)
      return { name: 'desktop, hidden', pid: Number(pid), file: environment['TRAYGATE_TIMERS'] ?? '', stop };
  }
  await stop();
  throw new Error('The desktop application did not start.');
}

function ownerOf(dataDir: string): string {
  const file = path.join(dataDir, 'traygate.pid');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Asking wakes it, too: once per look. */
async function look({
  pid,
  file,
}: Running): Promise<Timers & ReturnType<typeof usage> & { woken: number; at: number }> {
  rmSync(file, { force: true });
  const woken = /^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  const used = { ...usage(pid), woken: Number(woken), at: performance.now() };
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(file)) await sleep(50);
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as Timers), ...used };
}
