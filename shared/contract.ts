/**
 * Everything the window may ask of the gateway, and everything the gateway tells it unasked. Declared once, carried by
 * Electron IPC on the desktop and by HTTP in headless mode. Values cross as JSON: times are numbers, "none" is null.
 */
import { z } from 'zod';
import { aboutCalls } from './about.ts';
import { Backup, BackupPreview, ImportPreview } from './backup.ts';
import { Bodies } from './capture.ts';
import { ClientKey, KeyGrace, KeyLimits, KeyName } from './client-key.ts';
import { type ClientActivity, clientCalls, clientRefusals } from './clients.ts';
import { Exchange } from './exchange.ts';
import { Diagnosis } from './diagnosis.ts';
import { Figures, windowNames } from './figures.ts';
import { linkCalls } from './link.ts';
import { MaintenanceReport, MaintenanceSteps } from './maintenance.ts';
import { ModelInfo } from './model.ts';
import { AddedProvider, ProviderId } from './provider.ts';
import { EveryHours, Finding, RadarState } from './radar.ts';
import { certificateProblems, settingCalls } from './settings.ts';
import { GatewayState, languages, themes, Totals } from './state.ts';
import { AddedLine, Token } from './token.ts';
import { tokenSecretCalls } from './token-secrets.ts';
import { runCalls, type RunStep } from './test-runs.ts';
import { trialCalls, type TrialStep } from './trials.ts';

const nothing = z.null();
const Wanted = AddedProvider.omit({ id: true });
const keys = z.string().max(1_000_000).nullable();
/** What an exported file is locked with. */
const passphrase = z.string().min(8).max(1_000);
const exported = z.string().min(1).max(15_000_000);
const id = z.string().min(1).max(100);
const ids = z.array(z.string().min(1).max(100)).min(1).max(10_000);
/** Pasted text, or what a file came down to. */
const pasted = z.string().min(1).max(8_000_000);
/** Made up by the window: the name under which work tells how far it is and can be cancelled. */
const job = z.string().min(1).max(100).optional();

export const calls = {
  'state.get': { input: nothing, output: GatewayState },
  'totals.get': { input: nothing, output: Totals },
  /** The charts of Home (docs/home.md). */
  'figures.get': { input: z.object({ window: z.enum(windowNames) }), output: Figures },

  /** `port`: listens on this one, and remembers it unless the port is fixed from outside. */
  'gateway.start': { input: z.object({ port: z.number().int().min(1).max(65_535) }).nullable(), output: nothing },
  /** Finishes the requests in flight first unless `now`. */
  'gateway.stop': { input: z.object({ now: z.boolean() }), output: nothing },
  /** Refuses new requests with 503 `paused`; those that run go on. */
  'gateway.pause': { input: z.object({ paused: z.boolean() }), output: nothing },

  /** Puts the default client key on the clipboard; where the shell has none, hands it over once for the page to do so. */
  'clientKey.copy': { input: nothing, output: z.object({ copied: z.boolean(), value: z.string().nullable() }) },

  /** The client keys (docs/security.md). */
  'keys.list': { input: nothing, output: z.array(ClientKey) },
  /** `value` is handed over this once; only its hash is kept. */
  'keys.create': {
    input: z.object({
      name: KeyName,
      expiresAt: z.number().int().nullable().default(null),
      limits: KeyLimits.nullable().default(null),
    }),
    output: z.object({ key: ClientKey, value: z.string() }),
  },
  'keys.change': {
    input: z.object({
      id,
      name: KeyName.optional(),
      expiresAt: z.number().int().nullable().optional(),
      limits: KeyLimits.optional(),
      enabled: z.boolean().optional(),
    }),
    output: ClientKey,
  },
  /** Another value; the old one is taken for as long as asked. `value` is null for the default key, which can be copied. */
  'keys.rotate': {
    input: z.object({ id, graceMinutes: KeyGrace }),
    output: z.object({ key: ClientKey, value: z.string().nullable() }),
  },
  /** Ends a key at once; `cut`: answers that ended with it. */
  'keys.revoke': { input: z.object({ id }), output: z.object({ cut: z.number().int() }) },
  /** Like `clientKey.copy`, for each key whose value is kept. */
  'keys.copy': { input: z.object({ id }), output: z.object({ copied: z.boolean(), value: z.string().nullable() }) },

  'tokens.list': { input: z.object({ provider: ProviderId }), output: z.array(Token) },
  /** The token doctor: what pasted text holds, item by item. Nothing is stored and nobody is asked. */
  'tokens.diagnose': {
    input: z.object({ provider: ProviderId, text: pasted, trusting: z.boolean().default(false) }),
    output: Diagnosis,
  },
  /**
   * Stores what is new in pasted text and belongs to this provider (`trusting`: whatever it looks like), checks roles first
   * if asked, five at a time.
   */
  'tokens.add': {
    input: z.object({
      provider: ProviderId,
      text: pasted,
      check: z.boolean(),
      trusting: z.boolean().default(false),
      job,
    }),
    output: z.array(AddedLine),
  },
  /** Role check of saved tokens, five at a time. */
  'tokens.check': { input: z.object({ ids, job }), output: z.array(Token) },
  /** Ends checks before their time: what has been found out stays. False when they have come to their end. */
  'tokens.cancel': {
    input: z.object({ job: z.string().min(1).max(100) }),
    output: z.object({ cancelled: z.boolean() }),
  },
  /** Looks after saved tokens (docs/tokens.md); `provider` null: of all providers. */
  'tokens.maintain': {
    input: z.object({ provider: ProviderId.nullable(), steps: MaintenanceSteps, job }),
    output: MaintenanceReport,
  },
  /** What a report to the maintainers would hold, redacted: all of it, to be read first (docs/monitoring.md). */
  'support.preview': {
    input: nothing,
    output: z.object({ id: z.string(), name: z.string(), text: z.string() }),
  },
  /** Writes what was previewed, and nothing else, to a file in the data folder. */
  'support.save': { input: z.object({ id: z.string().max(100) }), output: z.object({ path: z.string() }) },
  'tokens.enable': { input: z.object({ ids, enabled: z.boolean() }), output: z.array(Token) },
  'tokens.rename': {
    input: z.object({ id: z.string().min(1).max(100), alias: z.string().trim().min(1).max(40) }),
    output: Token,
  },
  /** Their share of the requests and their tier, for the strategies that ask (docs/pool.md). */
  'tokens.tune': {
    input: z.object({
      ids,
      weight: z.number().int().min(1).max(100).optional(),
      priority: z.number().int().min(1).max(9).optional(),
    }),
    output: z.array(Token),
  },
  /** Removed tokens can be restored until the gateway stops. */
  'tokens.remove': { input: z.object({ ids }), output: z.object({ removed: z.array(z.string()) }) },
  ...tokenSecretCalls,
  'tokens.restore': { input: z.object({ ids }), output: z.array(Token) },

  'provider.enable': { input: z.object({ provider: ProviderId, enabled: z.boolean() }), output: nothing },
  /** Services the user has added, as they were given. */
  'providers.added': { input: nothing, output: z.array(AddedProvider) },
  /** `keys` are pasted like tokens; they are saved unchecked. Answers with the id it was given. */
  'provider.add': { input: z.object({ provider: Wanted, keys }), output: AddedProvider },
  'provider.change': { input: z.object({ provider: AddedProvider }), output: nothing },
  /** Its tokens go with it; both can be restored until the gateway stops. */
  'provider.remove': { input: z.object({ provider: ProviderId }), output: nothing },
  'provider.restore': { input: z.object({ provider: ProviderId }), output: nothing },
  /**
   * One tiny real call to a service as it would be saved, with the first key of `keys`; without any, with a key that is
   * saved for `savedAs`.
   */
  'provider.verify': {
    input: z.object({ provider: Wanted, keys, savedAs: ProviderId.nullable().default(null) }),
    output: z.object({
      outcome: z.enum(['user', 'guest', 'invalid', 'unreachable']),
      reason: z.string().nullable(),
      /** Of the error table, or `no_models`; the window translates by it. */
      code: z.string().nullable(),
      models: z.number().int(),
    }),
  },
  /** Which provider answers first when several offer a model. */
  'providers.order': { input: z.object({ ids: z.array(ProviderId).max(200) }), output: nothing },
  'provider.guestMode': { input: z.object({ provider: ProviderId, enabled: z.boolean() }), output: nothing },
  /** Which of its addresses a provider asks: one of its choices, or an address. What was known of its tokens is forgotten. */
  'provider.base': { input: z.object({ provider: ProviderId, base: z.string().min(1).max(500) }), output: nothing },
  'models.list': { input: z.object({ provider: ProviderId }), output: z.array(ModelInfo) },
  'provider.refreshModels': { input: z.object({ provider: ProviderId }), output: nothing },

  /** Newest first; `before` is the id of the oldest one already shown. */
  'exchanges.list': {
    input: z.object({ limit: z.number().int().min(1).max(1000), before: z.string().nullable() }),
    output: z.array(Exchange),
  },
  'exchanges.get': { input: z.object({ id: z.string().max(100) }), output: Exchange.nullable() },
  /** What was asked and answered, where it is kept (docs/logs.md). */
  'exchanges.bodies': { input: z.object({ id: z.string().max(100) }), output: Bodies },
  'exchanges.cancel': { input: z.object({ id: z.string().max(100) }), output: z.object({ cancelled: z.boolean() }) },
  'exchanges.clear': { input: nothing, output: nothing },

  /** Whether the gateway's own address takes the default client key. Nothing is asked of anybody, and no row is written. */
  'test.key': { input: nothing, output: z.object({ ok: z.boolean() }) },

  /** One real request through the gateway's own address, to prove the wiring; the exchange appears in Logs. */
  'test.send': {
    input: z.object({ model: z.string().min(1).max(200), prompt: z.string().min(1).max(10_000) }),
    output: z.object({ exchangeId: z.string(), ok: z.boolean(), text: z.string(), message: z.string().nullable() }),
  },

  ...trialCalls,
  ...clientCalls,
  ...runCalls,

  /** What the canaries have found, and how often they run by themselves (docs/radar.md). */
  'radar.get': { input: nothing, output: RadarState },
  /** Asks one provider, or all that are switched on, with each kind of credential; answers when all have come back. */
  'radar.run': { input: z.object({ provider: ProviderId.nullable() }), output: z.array(Finding) },
  'radar.schedule': { input: z.object({ everyHours: EveryHours }), output: nothing },

  /** Newest first; docs/storage.md. */
  'backups.list': { input: nothing, output: z.array(Backup) },
  'backups.make': { input: nothing, output: Backup },
  'backups.preview': { input: z.object({ id: z.string().max(100) }), output: BackupPreview },
  /** Tokens and settings become what they were; a backup of what they are is made first. */
  'backups.restore': { input: z.object({ id: z.string().max(100) }), output: BackupPreview },
  /** Tokens and settings as one encrypted file; `leftOut`: tokens that cannot be read without their sealing key. */
  'data.export': {
    input: z.object({ passphrase }),
    output: z.object({ name: z.string(), text: z.string(), tokens: z.number().int(), leftOut: z.number().int() }),
  },
  'data.preview': { input: z.object({ text: exported, passphrase }), output: ImportPreview },
  /** Adds what is not here yet; `settings`: those of the file replace the own. */
  'data.import': { input: z.object({ text: exported, passphrase, settings: z.boolean() }), output: ImportPreview },
  /** The user has read what had to be recovered. */
  'recovered.dismiss': { input: nothing, output: nothing },

  ...settingCalls,
  ...aboutCalls,
  ...linkCalls,
  'preferences.set': {
    input: z.object({ language: z.enum(languages).optional(), theme: z.enum(themes).optional() }),
    output: nothing,
  },
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type Input<N extends CallName> = z.input<Calls[N]['input']>;
/** An input as a handler gets it: checked, with defaults filled in. */
export type Parsed<N extends CallName> = z.output<Calls[N]['input']>;
export type Output<N extends CallName> = z.output<Calls[N]['output']>;

export interface Events {
  state: GatewayState;
  /** Rows that are new or have changed since the last batch, at most every 100 ms. */
  exchanges: Exchange[];
  /** Client keys have come, changed or gone. */
  keys: null;
  /** A setting has another value; `by`: the window that has changed it. */
  setting: { path: string; by: string | null };
  /** A client has called, or has done something wrong. */
  clients: ClientActivity;
  /** The tokens of this provider have changed. */
  tokens: { provider: ProviderId };
  /** How far work has come that was given this name. */
  job: { id: string; done: number; total: number };
  /** The catalogue of this provider has been brought up to date. */
  models: { provider: ProviderId };
  /** What is new of a request that the window has sent (`trial.start`). */
  trial: TrialStep;
  /** What is new of a run of tests. */
  run: RunStep;
  /** A canary has started or come back. */
  radar: RadarState;
  /** All finished exchanges have been removed. */
  cleared: null;
  /** A link wants something (`link.take`). */
  link: null;
  /** The window should go to this route, e.g. `/logs` (tray, second start). */
  navigate: { to: string };
}
export type EventName = keyof Events;

/** What was refused, where the window has words of its own for it. */
export const refusalReasons = [
  ...clientRefusals,
  'address_not_available',
  'address_malformed',
  'address_scheme',
  'address_credentials',
  'address_forbidden',
  'address_insecure',
  'address_own',
  'backup_unusable',
  ...certificateProblems,
  'disk_full',
  'export_damaged',
  'export_newer',
  'export_unknown',
  'fixed',
  'gone',
  'key_default',
  'key_hidden',
  'key_name_taken',
  'keys_too_many',
  'lan_requires_key',
  'lan_requires_strong_key',
  'not_running',
  'nothing_to_restore',
  'passphrase_wrong',
  'port_forbidden',
  'port_in_use',
  'setting_invalid',
  'setting_unknown',
  'token_locked',
  'too_often',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export interface CallFailure {
  code: 'unknown_call' | 'invalid_input' | 'refused' | 'failed' | 'signed_out';
  message: string;
  reason?: RefusalReason;
}
export type Answer<T> = { ok: true; value: T } | { ok: false; error: CallFailure };

/** The two wires a window can hold; everything else is built on them. */
export interface Wire {
  call(name: string, input: unknown): Promise<Answer<unknown>>;
  /** `status` tells the window whether the wire itself is up; IPC always is. */
  listen(listener: (name: string, payload: unknown) => void, status?: (live: boolean) => void): () => void;
}

/** The global the preload script exposes. */
export const wireGlobal = 'traygate';
