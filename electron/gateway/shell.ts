import type { Answer, EventName, Events } from '../../shared/contract.ts';
import type { LinkRequest } from '../../shared/link.ts';
import type { GatewayState, Recovered } from '../../shared/state.ts';
import type { Connection, Hearing } from './replicas/link.ts';

/** Where the key that seals secrets comes from. The shell provides one; the gateway only asks for 32 bytes at start. */
export interface KeyKeeper {
  readonly kind: GatewayState['secretStorage'];
  /** The same 32 bytes at every start. Throws KeyUnavailable when they exist but cannot be read (keyring locked or changed). */
  load(): Promise<Uint8Array>;
}

/** Settings on disk: electron-store on the desktop, conf (its base class) headless; the same file, `settings.json`, mode 0600. */
export interface SettingsStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  /** Several at once, in one save. */
  setAll(values: Readonly<Record<string, unknown>>): void;
  delete(key: string): void;
  readonly path: string;
  /** What had to be done to open it. */
  readonly recovered?: Recovered | null;
}

/** What differs between the desktop shell and the headless one. */
export interface Shell {
  readonly kind: 'desktop' | 'headless';
  readonly version: string;
  /** Holds settings, database, logs and locks; created with mode 0700. */
  readonly dataDir: string;
  /** The environment, `.env` already merged in; never read from `process.env` behind this. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly keyKeeper: KeyKeeper;
  readonly settings: SettingsStore;
  /** The file of `--config`, or of TRAYGATE_CONFIG when there is none. */
  readonly configFile?: string | undefined;
  /** Overrides of this start (command line); they win over environment and settings. */
  readonly overrides: { readonly host?: string; readonly port?: number };
  /** The built window (`dist/renderer`), served at `/ui/` in headless mode; null on the desktop. */
  readonly windowDir: string | null;
  /** Built API docs page (`dist/docs`), served at `/docs`. */
  readonly docsDir: string;
  /** Writes to the clipboard where the shell has one. */
  readonly copy?: (text: string) => void | Promise<void>;
  /** Opens a link of another program's scheme, made by the gateway, where the shell can. */
  readonly openLink?: (url: string) => Promise<void>;
  /** Shows a file in its folder, where the shell can. */
  readonly showFile?: (file: string) => void | Promise<void>;
  /** What a link wants that the system has handed over, once; where links come in. */
  readonly takeLink?: () => LinkRequest | null;
  /** Connects to the server that replicas share, where there can be replicas. */
  readonly connectReplicas?: (url: string, hearing: Hearing) => Promise<Connection>;
  /** Sends log lines to the terminal as well (headless). */
  readonly logToTerminal: boolean;
}

export type Dispatch = (name: string, input: unknown) => Promise<Answer<unknown>>;

export interface EventHub {
  emit<N extends EventName>(name: N, payload: Events[N]): void;
  subscribe(listener: <N extends EventName>(name: N, payload: Events[N]) => void): () => void;
}

/** The product without any shell: something that can be started, asked, listened to and stopped. */
export interface Gateway {
  /** Listens. Throws StartError with a code (`port_in_use`, …) and one sentence; the gateway can then be started again. */
  start(): Promise<void>;
  /** Refuses new requests, lets those in flight finish for up to ten seconds (`now`: aborts them), closes the listeners. */
  stop(options?: { now?: boolean }): Promise<void>;
  /** `stop`, then closes database, network and log. The gateway cannot be used again. */
  close(options?: { now?: boolean }): Promise<void>;
  /**
   * Something was thrown that nobody caught, so that nothing can be relied upon: says so in the log and ends running answers as
   * failed, within a second. The process is to end then; `close` is not for it.
   */
  failed(error: unknown): Promise<void>;
  /** The computer was asleep: connections and timers from before are of no more use. */
  resumed(): void;
  /** A promise failed and nobody was waiting for it: into the log. */
  complain(error: unknown): void;
  readonly dispatch: Dispatch;
  readonly hub: EventHub;
  state(): GatewayState;
  /** A one-time sign-in link for the window in a browser; valid once, for 15 minutes. */
  signInLink(): string;
  /** The default client key; for the terminal and the clipboard only. Null when none is required. */
  clientKey(): string | null;
}

/** `electron/gateway/gateway.ts` exports it. */
export type CreateGateway = (shell: Shell) => Promise<Gateway>;

/** The gateway could not start, or not with these settings. `exitCode` follows sysexits (64 usage, 69 unavailable, 78 configuration). */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: string;
  readonly exitCode: number;
  constructor(code: string, message: string, exitCode: number) {
    super(message);
    this.code = code;
    this.exitCode = exitCode;
  }
}
