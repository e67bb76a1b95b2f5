/** The real product as a user starts it: its own process, port, data folder and key, and nothing of this machine's settings. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Exchange } from '../../shared/exchange.ts';
import { nowhere } from '../nowhere.ts';
import { type Reply, send } from './http.ts';

const source = path.join(import.meta.dirname, '../../electron/headless.ts');
const startMs = 60_000;

/** Where and how it runs, if not in a new place without limits. */
export interface Place {
  /** What is saved, instead of options that could then not be changed. */
  readonly settings?: object;
  /** Of an earlier one that was stopped or killed; its data are in `data` below it. */
  readonly home?: string;
  /** Largest file it may write, in blocks of 512 bytes (`ulimit -f`): what a full disk looks like. */
  readonly largestFile?: number;
  /** How many files and connections it may have open (`ulimit -n`). */
  readonly openFiles?: number;
  /** Any free one without. */
  readonly port?: number;
}

const CallAnswer = z.object({ ok: z.literal(true), value: z.unknown() });
const CallRefused = z.object({ ok: z.literal(false), error: z.object({ reason: z.string().optional() }) });

export class Product {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly key: string;
  readonly dataDir: string;
  readonly home: string;
  readonly #child: ChildProcess;
  readonly #output: string[];
  #cookie: string | null = null;

  private constructor(url: string, key: string, home: string, child: ChildProcess, output: string[]) {
    this.url = url;
    this.key = key;
    this.dataDir = path.join(home, 'data');
    this.home = home;
    this.#child = child;
    this.#output = output;
  }

  /** Starts with nothing but these variables, from its source or as it was built. No provider can be reached: all point at a closed port. */
  static async start(
    environment: Readonly<Record<string, string>> = {},
    entry = source,
    place: Place = {},
  ): Promise<Product> {
    const home = place.home ?? mkdtempSync(path.join(tmpdir(), 'traygate-api-'));
    const command = [
      process.execPath,
      entry,
      '--headless',
      ...(place.settings === undefined ? ['--port', String(place.port ?? 0)] : []),
      '--data-dir',
      path.join(home, 'data'),
    ];
    if (place.settings !== undefined) {
      mkdirSync(path.join(home, 'data'), { recursive: true, mode: 0o700 });
      writeFileSync(path.join(home, 'data/settings.json'), JSON.stringify(place.settings), { mode: 0o600 });
    }
    const limits = [
      ...(place.largestFile === undefined ? [] : [`ulimit -f ${place.largestFile}`]),
      ...(place.openFiles === undefined ? [] : [`ulimit -n ${place.openFiles}`]),
    ];
    const limited = ['sh', '-c', [...limits, 'exec "$@"'].join(' && '), 'sh'];
    const [program = '', ...args] = limits.length === 0 ? command : [...limited, ...command];
    const child = spawn(program, args, {
      cwd: home,
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        ...nowhere,
        ANONYMOUS_MODE: 'false',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
    for (const deadline = Date.now() + startMs; ; await sleep(20)) {
      const url = /Base URL +(http:\/\/[^/\s]+)\/v1[\s\S]*Data /.exec(output.join(''))?.[1];
      if (url) {
        const key = environment['AUTH_TOKEN'] ?? readFileSync(path.join(home, 'data/client-key'), 'utf8').trim();
        return new Product(url, key, home, child, output);
      }
      if (child.exitCode !== null || Date.now() > deadline) {
        child.kill('SIGKILL');
        throw new Error(`The product did not start:\n${output.join('')}`);
      }
    }
  }

  /** All it has written to the terminal. */
  get output(): string {
    return this.#output.join('');
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Resident memory in MB; 0 where the system does not tell it in this way. */
  memory(): number {
    if (process.platform !== 'linux') return 0;
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** A request with the right key; a body is sent as JSON. */
  ask(route: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const authorization = { authorization: `Bearer ${this.key}`, ...headers };
    if (body === undefined) return send(this.url, { path: route, headers: authorization });
    const json = { 'content-type': 'application/json', ...authorization };
    return send(this.url, { method: 'POST', path: route, headers: json, body: JSON.stringify(body) });
  }

  chat(body: Readonly<Record<string, unknown>>): Promise<Reply> {
    return this.ask('/v1/chat/completions', body);
  }

  /** Asks as the window does. */
  async call(name: string, input: unknown): Promise<unknown> {
    return CallAnswer.parse(await this.#ask(name, input)).value;
  }

  /** Why a call is refused, as the window learns it. */
  async refusal(name: string, input: unknown): Promise<string | undefined> {
    return CallRefused.parse(await this.#ask(name, input)).error.reason;
  }

  /** Null when a call did what was asked, else the reason why not. */
  async tried(name: string, input: unknown): Promise<string | null> {
    const answer = await this.#ask(name, input);
    return CallAnswer.safeParse(answer).success ? null : (CallRefused.parse(answer).error.reason ?? 'unknown');
  }

  async #ask(name: string, input: unknown): Promise<unknown> {
    this.#cookie ??= await this.#signIn();
    const headers = { 'content-type': 'application/json', 'x-traygate-window': '1', cookie: this.#cookie };
    const reply = await send(this.url, {
      method: 'POST',
      path: `/admin/api/call/${name}`,
      headers,
      body: JSON.stringify(input),
    });
    return reply.json();
  }

  /** The rows of Logs, newest first. */
  async rows(): Promise<Exchange[]> {
    return z.array(Exchange).parse(await this.call('exchanges.list', { limit: 100, before: null }));
  }

  /** The row of one request once it has come to its end. */
  async row(id: string): Promise<Exchange> {
    for (const deadline = Date.now() + 5_000; Date.now() < deadline; await sleep(50)) {
      const row = (await this.rows()).find((exchange) => exchange.id === id);
      if (row && row.outcome !== 'active') return row;
    }
    throw new Error(`No row for ${id} has come to its end.`);
  }

  /** What the window is told unasked, from now on. */
  async watch(): Promise<{ readonly events: readonly (readonly [string, unknown])[]; readonly close: () => void }> {
    this.#cookie ??= await this.#signIn();
    const stop = new AbortController();
    const response = await fetch(`${this.url}/admin/api/events`, {
      headers: { cookie: this.#cookie },
      signal: stop.signal,
    });
    const events: (readonly [string, unknown])[] = [];
    const read = async () => {
      let rest = '';
      for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const frames = `${rest}${text}`.split('\n\n');
        rest = frames.pop() ?? '';
        for (const frame of frames)
          if (frame.startsWith('data: '))
            events.push(z.tuple([z.string(), z.unknown()]).parse(JSON.parse(frame.slice(6))));
      }
    };
    // Closed by the test, or with the product.
    void read().catch(() => {});
    return { events, close: () => stop.abort() };
  }

  async #signIn(): Promise<string> {
    const code = /sign-in\?code=([\w-]+)/.exec(this.output)?.[1];
    const headers = { 'content-type': 'application/json', 'x-traygate-window': '1' };
    const reply = await send(this.url, {
      method: 'POST',
      path: '/admin/api/session',
      headers,
      body: JSON.stringify({ code }),
    });
    return reply.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  /** Ends the process as a service manager would; keeps the data folder for inspection when asked to. */
  async stop(options: { readonly keep?: boolean } = {}): Promise<void> {
    if (this.running) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const killed = setTimeout(() => this.#child.kill('SIGKILL'), 15_000);
      await exited;
      clearTimeout(killed);
    }
    if (!options.keep) this.remove();
  }

  signal(name: NodeJS.Signals): void {
    if (this.running) this.#child.kill(name);
  }

  /** Ends the process as a power cut would; its data stay. */
  async kill(): Promise<void> {
    const exited = once(this.#child, 'exit');
    if (this.#child.kill('SIGKILL')) await exited;
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
