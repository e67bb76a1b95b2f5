import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { ChatError } from './chat/errors.ts';
import type { Running } from './control/state.ts';
import { type Listeners, listen } from './http/listeners.ts';
import { StartError } from './shell.ts';

export interface LifecycleOptions {
  readonly app: () => RequestListener;
  readonly host: string;
  readonly port: number;
  /** The requests that are being answered, by id. */
  readonly requests: ReadonlyMap<string, AbortController>;
  readonly changed: () => void;
  readonly log: Logger;
}

export interface Lifecycle {
  readonly running: Readonly<Running>;
  start(): Promise<void>;
  stop(options?: { now?: boolean }): Promise<void>;
  /** Ends running answers as failed, within a second, because this process can no longer be relied upon. */
  fail(cause: unknown): Promise<void>;
}

const drainMs = 10_000;
const faultMs = 1_000;

/** Stopped → starting → running → stopping → stopped, and `error` when the address cannot be had. */
export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { requests, log } = options;
  const running: Running = { status: 'stopped', error: null, port: options.port, addresses: [], startedAt: null };
  let listeners: Listeners | null = null;
  let starting: Promise<void> | null = null;
  let stopping: Promise<void> | null = null;
  let failing: Promise<void> | null = null;
  const change = (next: Partial<Running>) => {
    Object.assign(running, next);
    options.changed();
  };

  async function open(): Promise<void> {
    if (stopping) await stopping;
    if (running.status === 'running') return;
    change({ status: 'starting', error: null });
    try {
      listeners = await listen(options.app(), options.host, options.port);
    } catch (error) {
      const known =
        error instanceof StartError
          ? error
          : new StartError('start_failed', 'The gateway could not start; the log has the details.', 70);
      if (known !== error) log.error({ err: error }, 'start failed');
      change({ status: 'error', error: { code: known.code, message: known.message } });
      throw known;
    }
    change({ status: 'running', port: listeners.port, addresses: listeners.addresses, startedAt: Date.now() });
    log.info({ addresses: listeners.addresses }, 'running');
  }

  function abortAll(reason = new ChatError('shutting_down', 'Traygate is stopping.')): void {
    for (const request of requests.values()) request.abort(reason);
  }

  /** Resolves when no request is being answered and the last bytes of finished ones have had a moment to leave. */
  async function idle(): Promise<void> {
    do await new Promise((resolve) => setTimeout(resolve, 20));
    while (requests.size > 0);
  }

  async function drain(bound: Listeners, now: boolean): Promise<void> {
    change({ status: 'stopping' });
    const drained = bound.drain();
    if (now) abortAll();
    const late = setTimeout(() => abortAll(), drainMs);
    const tooLate = setTimeout(() => bound.destroy(), drainMs + 1_000);
    await Promise.race([drained, idle()]);
    // What is left are event streams of windows and idle keep-alive connections.
    bound.destroy();
    await drained;
    clearTimeout(late);
    clearTimeout(tooLate);
    listeners = null;
    change({ status: 'stopped', addresses: [], startedAt: null });
    log.info('stopped');
  }

  return {
    running,
    start() {
      starting ??= open().finally(() => (starting = null));
      return starting;
    },
    async stop({ now = false } = {}) {
      // Whoever stops in the middle of a start wants it stopped, however the start ends.
      if (starting && !stopping) await starting.catch(() => {});
      // Asked again while it drains: `now` cuts the waiting short.
      if (stopping && now) abortAll();
      if (listeners && !stopping) stopping = drain(listeners, now).finally(() => (stopping = null));
      await stopping;
    },
    fail(cause) {
      failing ??= (async () => {
        log.fatal({ err: cause }, 'a fault of Traygate; it ends');
        abortAll(new ChatError('internal_error', 'Traygate has met a fault and ends.', { cause }));
        await Promise.race([idle(), new Promise((resolve) => setTimeout(resolve, faultMs))]);
      })();
      return failing;
    },
  };
}
