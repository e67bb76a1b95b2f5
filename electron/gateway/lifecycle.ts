import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { ChatError } from './chat/errors.ts';
import type { Running } from './control/state.ts';
import type { PortBusyMode } from '../../shared/port.ts';
import { type Listeners, listen, named, PortInUse } from './http/listeners.ts';
import type { Speaks } from './http/malformed.ts';
import { StartError } from './shell.ts';

export interface LifecycleOptions {
  readonly app: () => RequestListener;
  /** In whose words a request is answered that is none. */
  readonly speaks: Speaks;
  readonly host: () => string;
  /** The port of the settings, and what to do when it is taken. */
  readonly port: () => number;
  readonly busy: () => PortBusyMode;
  /** The requests that are being answered, by id. */
  readonly requests: ReadonlyMap<string, AbortController>;
  readonly changed: () => void;
  readonly log: Logger;
}

export interface Lifecycle {
  readonly running: Readonly<Running>;
  /** @param port instead of the one of the settings */
  start(port?: number): Promise<void>;
  stop(options?: { now?: boolean }): Promise<void>;
  /**
   * Listens elsewhere, at once where it runs. Answers that run end where they began. Throws StartError when the new address
   * cannot be had; the old one is then what it was.
   */
  move(to: Place): Promise<void>;
  /** Whether new requests are refused; those that run go on. Forgotten when the process ends. */
  pause(paused: boolean): void;
  /** Throws ChatError `paused`. */
  unlessPaused<T>(work: () => T): T;
  /** Ends running answers as failed, within a second, because this process can no longer be relied upon. */
  fail(cause: unknown): Promise<void>;
}

interface Place {
  readonly host: string;
  readonly port: number;
}

const idleMs = 200;
const drainMs = 10_000;
const faultMs = 1_000;

/** Stopped → starting → running → stopping → stopped, and `error` when the address cannot be had. */
export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { requests, log } = options;
  const running: Running = {
    status: 'stopped', error: null, port: options.port(), addresses: [], startedAt: null,
    portTaken: null, stranger: null, paused: false,
  }; // prettier-ignore
  let listeners: Listeners | null = null;
  /** Those of earlier addresses, while something is still being answered there. */
  const retired = new Set<Listeners>();
  let starting: Promise<void> | null = null;
  let stopping: Promise<void> | null = null;
  let failing: Promise<void> | null = null;
  const change = (next: Partial<Running>) => {
    Object.assign(running, next);
    options.changed();
  };

  const listenAt = ({ host, port }: Place, busy: 'next' | 'fail') =>
    listen(options.app(), {
      host, port, busy, speaks: options.speaks, complain: (error) => log.error({ err: error }, 'a listener failed'),
    }); // prettier-ignore

  /** Takes no new connection, and goes when the last has ended. */
  function retire(old: Listeners): void {
    retired.add(old);
    const tidying = setInterval(() => old.closeIdle(), idleMs).unref();
    old.closeIdle();
    void old.drain().finally(() => {
      clearInterval(tidying);
      retired.delete(old);
    });
  }

  async function move(wanted: Place): Promise<void> {
    const old = listeners;
    if (!old || running.status !== 'running') return;
    const at = { host: options.host(), port: old.port };
    // Whoever changes only the host means the port that is had, whichever the settings wanted.
    const to = wanted.port === options.port() ? { ...wanted, port: at.port } : wanted;
    // Of one port, "every address" and one of them cannot be had at the same time.
    const samePort = to.port === at.port;
    if (samePort) retire(old);
    try {
      listeners = await listenAt(to, 'fail');
    } catch (error) {
      if (samePort) listeners = await listenAt(at, 'fail');
      throw error;
    }
    if (!samePort) retire(old);
    const { port, addresses, stranger } = listeners;
    change({ port, addresses, stranger, portTaken: null });
    log.info({ addresses }, 'moved');
  }

  async function open(port: number): Promise<void> {
    if (stopping) await stopping;
    if (running.status === 'running') return;
    change({ status: 'starting', error: null, port, portTaken: null, stranger: null });
    try {
      // Asking is the window's business: what it needs for that is in the state.
      listeners = await listenAt({ host: options.host(), port }, options.busy() === 'next' ? 'next' : 'fail');
    } catch (error) {
      const known =
        error instanceof StartError
          ? error
          : new StartError('start_failed', 'The gateway could not start; the log has the details.', 70);
      if (known !== error) log.error({ err: error }, 'start failed');
      const portTaken = known instanceof PortInUse ? known.taken : null;
      change({ status: 'error', error: { code: known.code, message: known.message }, portTaken });
      throw known;
    }
    const { addresses, taken, stranger } = listeners;
    change({
      status: 'running', port: listeners.port, addresses, portTaken: taken, stranger, startedAt: Date.now(),
    }); // prettier-ignore
    log.info({ addresses }, 'running');
    if (taken) log.warn(`port ${taken.port} is used by ${named(taken.owner)}; ${taken.next} is used instead`);
    if (stranger) log.warn(`${named(stranger.owner)} answers at ${stranger.address}, which localhost may mean`);
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
    for (const left of [bound, ...retired]) left.destroy();
    await drained;
    clearTimeout(late);
    clearTimeout(tooLate);
    listeners = null;
    change({ status: 'stopped', addresses: [], startedAt: null, portTaken: null, stranger: null });
    log.info('stopped');
  }

  return {
    running,
    start(port = options.port()) {
      starting ??= open(port).finally(() => (starting = null));
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
    move,
    pause(paused) {
      if (paused === running.paused) return;
      change({ paused });
      log.info(paused ? 'new requests are refused' : 'new requests are taken again');
    },
    unlessPaused(work) {
      if (running.paused) throw new ChatError('paused', 'Traygate was told to take no requests for now.');
      return work();
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
