/** Programs that can be pointed at Traygate, and what the page Connect asks about them (docs/connect.md). */
import { z } from 'zod';

/** What a client speaks, as far as its settings are concerned. */
export type Speaks = 'openai' | 'anthropic' | 'both' | 'none';

/** Proper names; they are not translated. Those without a name are named by the window. */
export const clients = {
  'claude-code': { name: 'Claude Code', speaks: 'anthropic' },
  codex: { name: 'Codex', speaks: 'openai' },
  opencode: { name: 'OpenCode', speaks: 'openai' },
  'cherry-studio': { name: 'Cherry Studio', speaks: 'both' },
  cline: { name: 'Cline / Roo Code', speaks: 'openai' },
  continue: { name: 'Continue', speaks: 'openai' },
  zed: { name: 'Zed', speaks: 'openai' },
  aider: { name: 'aider', speaks: 'openai' },
  'claude-code-router': { name: 'Claude Code Router 2', speaks: 'openai' },
  'claude-code-router-3': { name: 'Claude Code Router 3', speaks: 'openai' },
  'cc-switch': { name: 'CC Switch', speaks: 'both' },
  chatbox: { name: 'Chatbox', speaks: 'openai' },
  'open-webui': { name: 'Open WebUI', speaks: 'openai' },
  'lobe-chat': { name: 'LobeChat', speaks: 'openai' },
  'next-chat': { name: 'NextChat', speaks: 'openai' },
  'openai-sdk': { name: 'OpenAI SDK', speaks: 'openai' },
  'anthropic-sdk': { name: 'Anthropic SDK', speaks: 'anthropic' },
  curl: { name: 'curl', speaks: 'both' },
  'other-openai': { name: null, speaks: 'openai' },
  'other-anthropic': { name: null, speaks: 'anthropic' },
  gemini: { name: 'Gemini CLI', speaks: 'none' },
} as const satisfies Record<string, { name: string | null; speaks: Speaks }>;

export type ClientId = keyof typeof clients;
const isClientId = (id: string): id is ClientId => Object.hasOwn(clients, id);
export const ClientId = z.string().refine(isClientId);

export const hostForms = ['127.0.0.1', 'localhost', 'lan', 'docker'] as const;
export type HostForm = (typeof hostForms)[number];
export const commandShells = ['sh', 'fish', 'powershell', 'cmd'] as const;
export type CommandShell = (typeof commandShells)[number];

/** What the values are made of. */
export const ClientChoice = z.object({
  client: ClientId,
  host: z.enum(hostForms),
  model: z.string().min(1).max(200),
  /** The id of a named key; null: the default one. */
  key: z.string().max(100).nullable(),
});
export type ClientChoice = z.infer<typeof ClientChoice>;

export const ClientCall = z.object({
  client: ClientId,
  /** What it called itself. */
  name: z.string(),
  at: z.number().int(),
  model: z.string(),
  ok: z.boolean(),
  exchangeId: z.string(),
  /** Milliseconds until it was closed. */
  took: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
});
export type ClientCall = z.infer<typeof ClientCall>;

/** What a client has done wrong within the last minutes. */
export const ClientHint = z.object({
  kind: z.enum(['wrong-key', 'unknown-model', 'no-v1']),
  /** What it called itself. */
  name: z.string(),
  client: ClientId.nullable(),
  count: z.number().int(),
  at: z.number().int(),
  /** The last four characters of a long wrong key; null: none was sent, or a short one. */
  ending: z.string().nullable(),
  /** Whether any key was sent. */
  sent: z.boolean(),
  model: z.string().nullable(),
  /** A model that may be meant. */
  near: z.string().nullable(),
});
export type ClientHint = z.infer<typeof ClientHint>;

export const ClientActivity = z.object({ calls: z.array(ClientCall), hints: z.array(ClientHint) });
export type ClientActivity = z.infer<typeof ClientActivity>;

export const applyStates = ['none', 'applied', 'changed', 'gone'] as const;

/** A settings file that points at a place of this computer where Traygate is not, or holds a key that is none of its keys. */
export const StrayPointer = z.object({
  client: ClientId,
  file: z.string(),
  /** The key of the file that names the address. */
  place: z.string(),
  address: z.string(),
  why: z.enum(['nobody', 'old-key']),
});
export type StrayPointer = z.infer<typeof StrayPointer>;

export const ClientStatus = z.object({
  id: ClientId,
  found: z.boolean(),
  /** Its settings file, where it has one that can be changed from here. */
  file: z.string().nullable(),
  exists: z.boolean(),
  /** Null: readable, or not there. */
  problem: z.enum(['unparsable', 'unreadable']).nullable(),
  applied: z.enum(applyStates),
  appliedAt: z.number().int().nullable(),
  backup: z.string().nullable(),
});
export type ClientStatus = z.infer<typeof ClientStatus>;

export const ClientsOverview = z.object({
  clients: z.array(ClientStatus),
  strays: z.array(StrayPointer),
  /** Whether files can be changed and links opened from this window. */
  files: z.object({
    allowed: z.boolean(),
    why: z.enum(['reachable']).nullable(),
    user: z.string(),
    home: z.string(),
  }),
  /** Whether the shell can show a file in its folder. */
  canShowFiles: z.boolean(),
  hosts: z.array(
    z.object({
      form: z.enum(hostForms),
      root: z.string(),
      problem: z.enum(['loopback-only', 'not-allowed']).nullable(),
    }),
  ),
  models: z.array(z.string()),
});
export type ClientsOverview = z.infer<typeof ClientsOverview>;

/** Texts with the key masked: it leaves the gateway only when something is copied or opened. */
export const ClientSheet = z.object({
  root: z.string(),
  openAi: z.string(),
  key: z.string().nullable(),
  model: z.string(),
  commands: z.record(z.enum(commandShells), z.string()).nullable(),
  links: z.array(z.object({ id: z.string(), title: z.string() })),
  snippets: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })),
  canTest: z.boolean(),
});
export type ClientSheet = z.infer<typeof ClientSheet>;

export const DiffLine = z.object({ kind: z.enum(['same', 'added', 'removed', 'gap']), text: z.string() });
export type DiffLine = z.infer<typeof DiffLine>;

export const ClientPreview = z.object({
  file: z.string(),
  exists: z.boolean(),
  lines: z.array(DiffLine),
  /** The keys that change. */
  keys: z.array(z.string()),
  /** Names the file as it was read; it must still be so when it is changed. */
  version: z.string(),
});
export type ClientPreview = z.infer<typeof ClientPreview>;

export const UndoResult = z.object({
  /** whole: the file is byte for byte what it was; keys: it has been changed since, so only the keys went back. */
  restored: z.enum(['whole', 'keys', 'nothing']),
  /** Keys that somebody has changed since; they were left alone. */
  kept: z.array(z.string()),
});
export type UndoResult = z.infer<typeof UndoResult>;

const part = z.enum(['openai', 'root', 'key', 'model', 'command', 'snippet', 'link']);
export const ClientPart = ClientChoice.extend({
  part,
  /** Which shell, snippet or link. */
  id: z.string().max(40).nullable(),
});
const handed = z.object({ done: z.boolean(), value: z.string().nullable() });
/** `fix`: the stray address at this place of the file is put right instead. */
const Change = ClientChoice.extend({ fix: z.string().max(500).nullable() });

export const clientCalls = {
  'clients.list': { input: z.null(), output: ClientsOverview },
  'clients.activity': { input: z.null(), output: ClientActivity },
  'clients.sheet': { input: ClientChoice, output: ClientSheet },
  /** Puts a part on the clipboard, with the key; where the shell has none, hands it over once for the page to do so. */
  'clients.copy': { input: ClientPart, output: handed },
  /** Opens a link of the client's own scheme; where the shell cannot, hands it over for the page to do so. */
  'clients.open': { input: ClientPart, output: handed },
  'clients.preview': { input: Change, output: ClientPreview },
  'clients.apply': { input: Change.extend({ version: z.string().max(100) }), output: z.null() },
  'clients.undo': { input: z.object({ client: ClientId }), output: UndoResult },
  /** Shows a client's settings file in its folder. */
  'clients.showFile': { input: z.object({ client: ClientId }), output: z.null() },
  /** A name that clients ask for stands for a model from now on. */
  'clients.alias': {
    input: z.object({ name: z.string().trim().min(1).max(200), target: z.string().min(1).max(200) }),
    output: z.null(),
  },
  /** Lets containers call this computer by the name they know. */
  'clients.allowDocker': { input: z.null(), output: z.null() },
  /** Keys whose value can be filled in. */
  'clients.keys': {
    input: z.null(),
    output: z.array(z.object({ id: z.string(), name: z.string(), ending: z.string() })),
  },
  /** A key that bears the client's name. Its value can be filled in until Traygate ends. */
  'clients.newKey': { input: z.object({ client: ClientId }), output: z.object({ id: z.string() }) },
  /** One real request with the headers of this client. */
  'clients.test': {
    input: ClientChoice,
    output: z.object({ exchangeId: z.string(), ok: z.boolean(), message: z.string().nullable(), took: z.number() }),
  },
} as const;

export const clientRefusals = [
  'client_backup_gone',
  'client_file_busy',
  'client_file_link',
  'client_file_locked',
  'client_file_no_file',
  'client_file_not_editable',
  'client_file_remote',
  'client_file_unparsable',
  'client_nothing_to_do',
  'client_not_applied',
] as const;
