/** A real Valkey or Redis for tests: installed if that can be done, started on a port of its own, killed and started again. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { portOf } from '../port-of.ts';

const programs = ['valkey-server', 'redis-server'] as const;
const debianPackage = 'redis-server';

/** The program of a server on this computer; null: there is none. */
export function findServer(): string | null {
  const found = programs.find((program) => spawnSync(program, ['--version']).status === 0);
  return found ?? null;
}

/** As root on Debian it is installed where there is none; its own service is not wanted. */
export function installServer(): void {
  if (findServer() !== null || process.platform !== 'linux' || process.getuid?.() !== 0) return;
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    }).status === 0;
  console.log(`No Valkey or Redis found; installing Debian's ${debianPackage}…`);
  if (apt('update', '-qq')) apt('install', '-y', '-qq', '--no-install-recommends', debianPackage);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    await once(socket, 'data');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

export class Server {
  readonly port: number;
  readonly #program: string;
  readonly #args: readonly string[];
  #child: ChildProcess | null = null;

  private constructor(program: string, port: number, args: readonly string[]) {
    this.#program = program;
    this.port = port;
    this.#args = args;
  }

  static async start(program: string, password?: string): Promise<Server> {
    const port = await freePort();
    const secret = password === undefined ? [] : ['--requirepass', password];
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...secret];
    const server = new Server(program, port, args);
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** With nothing of what it knew. */
  async restart(): Promise<void> {
    this.#child = spawn(this.#program, this.#args, { stdio: 'ignore' });
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(20))
      if (await answers(this.port)) return;
    throw new Error(`${this.#program} did not start.`);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** Stands still: connections stay, and nobody answers. */
  freeze(frozen: boolean): void {
    this.#child?.kill(frozen ? 'SIGSTOP' : 'SIGCONT');
  }
}

/** For tests that need a server: what makes the test runner skip them, and say why. */
export const program = findServer();
export const unless = { skip: program === null && 'neither valkey-server nor redis-server is installed' } as const;
