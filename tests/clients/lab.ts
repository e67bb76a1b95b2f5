import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../../shared/exchange.ts';
import type { Product } from '../api/product.ts';
import type { Front } from './front.ts';
import type { Places } from './install.ts';
import { type Ended, type Running, start } from './process.ts';

const limitMs = 60_000;
const cancelMs = 5_000;

export interface Call {
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

/** One scenario of one client: a home folder and a folder to work in, both new, and what the gateway has seen. */
export class Lab {
  readonly home: string;
  readonly work: string;
  readonly product: Product;
  readonly places: Places;
  readonly #front: Front;
  readonly #fence: Readonly<Record<string, string>>;
  readonly #running = new Set<Running>();

  constructor(options: {
    readonly runs: string;
    readonly places: Places;
    readonly product: Product;
    readonly front: Front;
    readonly fence: Readonly<Record<string, string>>;
  }) {
    this.home = mkdtempSync(path.join(options.runs, 'home-'));
    this.work = path.join(this.home, 'work');
    this.places = options.places;
    this.product = options.product;
    this.#front = options.front;
    this.#fence = options.fence;
    mkdirSync(this.work);
    options.front.reset();
  }

  get url(): string {
    return this.#front.url;
  }

  get key(): string {
    return this.product.key;
  }

  /** The node_modules that has this package of the client. */
  modules(name: string): string {
    const folder = this.places[name];
    assert.ok(folder, `${name} is none of the packages of this client.`);
    return path.join(folder, 'node_modules');
  }

  /** A file in the client's home. */
  write(name: string, text: string): string {
    const file = path.join(this.home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  start(file: string, args: readonly string[], call: Call = {}): Running {
    const running = start(
      {
        file,
        args,
        cwd: this.work,
        home: this.home,
        environment: { ...this.#fence, ...call.environment },
        signal: this.#front.flooded,
        ...(call.stdin !== undefined && { stdin: call.stdin }),
      },
      limitMs,
    );
    this.#running.add(running);
    return running;
  }

  async run(file: string, args: readonly string[], call: Call = {}): Promise<Ended> {
    const ended = await this.start(file, args, call).ended;
    assert.ok(!this.#front.flooded.aborted, `It went round in circles: ${summary(this.#front.seen)}.`);
    assert.ok(
      !ended.killed,
      `It did not end within ${limitMs / 1000} s, after ${summary(this.#front.seen)}.\n${tail(ended)}`,
    );
    return ended;
  }

  /** The client comes to a good end. */
  async succeed(file: string, args: readonly string[], call: Call = {}): Promise<string> {
    const ended = await this.run(file, args, call);
    assert.equal(ended.code, 0, `It ended with ${ended.code}.\n${tail(ended)}`);
    return ended.stdout;
  }

  /** Exactly these requests have come, in any order: nothing was repeated, and nothing else was tried instead. */
  asked(...expected: readonly string[]): void {
    assert.equal(summary(this.#front.seen), summary(expected), 'not the requests that were expected');
  }

  /** Ctrl-C while the answer is written ends the client here, and the request there in this way. */
  async interrupted(running: Running, outcome: Exchange['outcome'] = 'cancelled'): Promise<void> {
    const row = await this.#active(running);
    running.interrupt();
    for (const deadline = Date.now() + cancelMs; ; await sleep(50)) {
      const found = (await this.product.rows()).find(({ id }) => id === row);
      if (found && found.outcome !== 'active') {
        assert.equal(found.outcome, outcome);
        break;
      }
      assert.ok(Date.now() < deadline, `The request still ran ${cancelMs} ms after the client was interrupted.`);
    }
    const ended = await running.ended;
    assert.ok(!ended.killed, `It did not end when it was interrupted.\n${tail(ended)}`);
  }

  async #active(running: Running): Promise<string> {
    let over: Ended | undefined;
    void running.ended.then((ended) => (over = ended));
    for (;;) {
      const row = (await this.product.rows()).find(
        ({ outcome, model }) => outcome === 'active' && model === 'local/script',
      );
      if (row) return row.id;
      assert.ok(!over, `It ended before it could be interrupted.\n${over ? tail(over) : ''}`);
      await sleep(50);
    }
  }

  /** Ends all that it has started. */
  async stop(): Promise<void> {
    for (const running of this.#running) running.kill();
    await Promise.all([...this.#running].map((running) => running.ended));
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** `2 × POST /v1/messages` */
function summary(requests: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const request of requests.toSorted()) counts.set(request, (counts.get(request) ?? 0) + 1);
  return [...counts].map(([request, count]) => `${count} × ${request}`).join(', ') || 'no request';
}

/** What a client said last. */
function tail({ stdout, stderr }: Ended): string {
  return [stdout, stderr]
    .map((text) => text.trim().slice(-600))
    .filter(Boolean)
    .join('\n');
}
