import { z } from 'zod';
import { ClockOff } from './clock-off.ts';
import { dialectIds } from './exchange.ts';
import { PortTaken, Stranger } from './port.ts';
import { ProviderId } from './provider.ts';
import { ReplicasState } from './replicas.ts';

export const languages = ['system', 'en', 'zh-CN'] as const;
export const themes = ['system', 'light', 'dark'] as const;

export const ProviderState = z.object({
  id: ProviderId,
  name: z.string(),
  /** False for one that the user has added. */
  builtIn: z.boolean(),
  needsToken: z.boolean(),
  enabled: z.boolean(),
  /** ok: can answer now; needs-token: nothing to answer with; guest: only guest sessions; cooling: all tokens rest; off. */
  state: z.enum(['ok', 'guest', 'cooling', 'needs-token', 'off']),
  usable: z.number().int(),
  total: z.number().int(),
  /** Epoch milliseconds when the first cooling token returns. */
  until: z.number().int().nullable(),
  /** Whether it hands out guest sessions at all. */
  hasGuests: z.boolean(),
  guestMode: z.boolean(),
  guests: z.number().int(),
  modelCount: z.number().int(),
  /** One of its models, for examples. */
  exampleModel: z.string().nullable(),
  /** Which of its addresses is asked, where that is a choice; `other` is the one for the other kind of key. */
  base: z.object({ value: z.string(), choices: z.array(z.string()), other: z.string().nullable() }).nullable(),
  /** The last problem that was not a token's fault, e.g. captcha_required. */
  problem: z.object({ code: z.string(), message: z.string(), at: z.number().int() }).nullable(),
});
export type ProviderState = z.infer<typeof ProviderState>;

/** A damaged file that was put aside when Traygate started, and what has taken its place. Told until it is dismissed. */
export const Recovered = z.object({
  what: z.enum(['settings', 'database']),
  /** Epoch milliseconds. */
  at: z.number().int(),
  /** Its new name in the data folder. */
  keptAs: z.string(),
  /** What is in its place: its copy, a backup, or nothing good was there. */
  from: z.enum(['copy', 'backup', 'nothing']),
  /** When that backup was made. */
  backup: z.number().int().nullable(),
  /** Tokens that are there again, from the backup or from what could still be read; null for settings. */
  tokens: z.number().int().nullable(),
  /** Settings whose value was not allowed, where only those were replaced; empty when the whole file was. */
  settings: z.array(z.string()),
});
export type Recovered = z.infer<typeof Recovered>;

/** Everything the header, Home and the tray show. Holds no secret. */
export const GatewayState = z.object({
  status: z.enum(['starting', 'running', 'stopping', 'stopped', 'error']),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  shell: z.enum(['desktop', 'headless']),
  version: z.string(),
  pid: z.number().int(),
  host: z.string(),
  port: z.number().int(),
  /** Without /v1: what Anthropic clients want. */
  baseUrl: z.string(),
  addresses: z.array(z.string()),
  /** With status `error`: why it does not listen. Running: it listens on the next free port instead. */
  portTaken: PortTaken.nullable(),
  stranger: Stranger.nullable(),
  /** New requests are refused until the user takes that back. */
  paused: z.boolean(),
  startedAt: z.number().int().nullable(),
  inFlight: z.number().int(),
  /** Last four characters of the default client key, null when no key is needed. */
  keyEnding: z.string().nullable(),
  keyRequired: z.boolean(),
  /** The API formats that are answered. */
  dialects: z.array(z.enum(dialectIds)),
  secretStorage: z.enum(['keychain', 'key-file', 'environment', 'plain']),
  providers: z.array(ProviderState),
  /** Settings fixed from outside: setting path → variable name. */
  locked: z.record(z.string(), z.string()),
  language: z.enum(languages),
  theme: z.enum(themes),
  recovered: z.array(Recovered),
  clockOff: ClockOff.nullable(),
  /** Who has sent wrong keys lately, one after the other, and is slowed down. */
  guessing: z.object({ address: z.string(), wrong: z.number().int(), at: z.number().int() }).nullable(),
  /** Null: there are no others. */
  replicas: ReplicasState.nullable(),
});
export type GatewayState = z.infer<typeof GatewayState>;

/** Totals since the gateway started, for Home. */
export const Totals = z.object({
  requests: z.number().int(),
  ok: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  failovers: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** Median over the last 200 finished exchanges, milliseconds; null without data. */
  medianFirstTokenMs: z.number().nullable(),
});
export type Totals = z.infer<typeof Totals>;
