import { portBusyModes } from '../../../shared/port.ts';
import type { BuiltInId } from '../../../shared/provider.ts';
import { StartError } from '../shell.ts';
import type { Fixed } from './settings.ts';
import { readAliases } from './model-aliases.ts';
import type { SettingPath } from './schema.ts';
import { baseNames, isBase } from '../providers/zai-api/bases.ts';
import { thinkingModes } from '../chat/thinking.ts';
import { isNet } from '../http/peer.ts';
import { whyNoOrigin } from '../http/cors.ts';
import { readCertificates } from '../network/extra-ca.ts';
import { ipVersions } from '../network/ip-version.ts';
import { strategies } from '../pool/select.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Tokens that a variable brings for one provider: itself, or the file it names. */
export interface EnvironmentTokens {
  readonly variable: string;
  readonly provider: BuiltInId;
  readonly from: { readonly token: string } | { readonly file: string };
}

/** What the environment says beside settings: keys and tokens, which are secrets and never become settings. */
export interface EnvironmentSecrets {
  /** AUTH_TOKEN: replaces the generated client key. */
  readonly clientKey: string | null;
  /** AUTH_TOKENS: further client keys. */
  readonly furtherKeys: readonly string[];
  /** ANTHROPIC_API_KEY: a client key for the Anthropic routes only. */
  readonly anthropicKey: string | null;
  readonly adminPassword: string | null;
  /** TRAYGATE_REDIS_URL: where replicas share what they know of tokens; may hold a password. */
  readonly redisUrl: string | null;
  /** What of it must be seen nowhere, beside keys and tokens. */
  readonly hidden: readonly string[];
  /** Tokens for providers, in the order in which they are to be taken up. */
  readonly tokens: readonly EnvironmentTokens[];
}

class Refused extends Error {}
const refuse = (allowed: string): never => {
  throw new Refused(allowed);
};

const flag = (text: string): boolean => {
  const value = text.trim().toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(value)) return true;
  return ['false', '0', 'no', 'off'].includes(value) ? false : refuse('true or false');
};
const whole = (min: number, max: number) => (text: string) => {
  const value = Number(text.trim());
  return /^\d+$/.test(text.trim()) && value >= min && value <= max
    ? value
    : refuse(`a whole number from ${min} to ${max}`);
};
const oneOf =
  (...allowed: string[]) =>
  (text: string) =>
    allowed.includes(text.trim().toLowerCase()) ? text.trim().toLowerCase() : refuse(allowed.join(', '));
const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
/** https, or http on this computer: a token must not cross a network in clear. */
const providerUrl = (text: string) => {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const safe =
    url && !url.username && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
  return safe ? text.trim().replace(/\/+$/, '') : refuse('an https:// address (http:// only for localhost)');
};
const zaiBase = (text: string) =>
  isBase(text.trim()) ? text.trim() : refuse(`${baseNames.join(', ')} or an https:// address`);
const urlOf =
  (...schemes: string[]) =>
  (text: string) =>
    URL.canParse(text.trim()) && schemes.includes(new URL(text.trim()).protocol)
      ? text.trim()
      : refuse(`an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`);
/** As it is written there, and as it is meant. */
const passwordIn = (url: string): string[] => {
  const written = new URL(url).password;
  return written === '' ? [] : [written, decodeURIComponent(written)];
};
const serverUrl = (text: string) => {
  const url = urlOf('redis:', 'rediss:', 'valkey:', 'valkeys:')(text);
  if (new URL(url).hostname === '') refuse('an address such as redis://valkey:6379');
  try {
    passwordIn(url);
    return url;
  } catch {
    return refuse('an address in which each % of the password is written as %25');
  }
};
const prefix = (text: string) => {
  const value = text.trim().replace(/\/+$/, '');
  const path = value && !value.startsWith('/') ? `/${value}` : value;
  return /^(\/[\w.~-]+)*$/.test(path) ? path : refuse('a path such as /traygate');
};
const name = (text: string) =>
  /^[\w./ :-]{1,64}$/.test(text.trim()) ? text.trim() : refuse('1 to 64 letters, digits, blanks or . / : - _');
const hosts = (text: string) => {
  const names = text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean);
  // What stands in a Host header; anything else, such as * or a URL, would never be met.
  return names.every((host) => /^(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:\d{1,5})?$/.test(host))
    ? names
    : refuse('host names separated by commas, each with or without a port');
};
const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
const origins = (text: string) => {
  const list = listOf(text);
  const why = list.map((origin) => whyNoOrigin(origin)).find((reason) => reason !== null);
  return why === undefined ? list : refuse(`exact origins separated by commas. ${why.replace(/\.$/, '')}`);
};
const nets = (text: string) =>
  listOf(text).every(isNet) ? listOf(text) : refuse('addresses or nets such as 172.18.0.0/16, separated by commas');
const caFile = (text: string) => {
  try {
    readCertificates(text.trim());
    return text.trim();
  } catch {
    return refuse('a file of certificates in PEM form');
  }
};
const aliases = (text: string) => {
  const found = readAliases(text);
  return typeof found === 'string' ? refuse(found) : found;
};

/** The variables of the customer's documents and the ones that point a provider elsewhere: name → setting and allowed range. */
const variables: Record<string, readonly [SettingPath, (text: string) => unknown]> = {
  LISTEN_PORT: ['server.port', whole(1, 65_535)],
  PORT_BUSY: ['server.portBusy', oneOf(...portBusyModes)],
  ROOT_PATH: ['server.rootPath', prefix],
  SERVICE_NAME: ['server.serviceName', name],
  TRAYGATE_ALLOWED_HOSTS: ['server.allowedHosts', hosts],
  TRAYGATE_ALLOWED_ORIGINS: ['server.allowedOrigins', origins],
  TRAYGATE_TRUSTED_PROXIES: ['server.trustedProxies', nets],
  TRAYGATE_REMOTE_ADMIN: ['server.remoteAdmin', flag],
  TRAYGATE_ALLOWED_CLIENTS: ['server.allowedClients', nets],
  MAX_REQUESTS: ['server.maxRequests', whole(1, 10_000)],
  MAX_REQUEST_MB: ['server.maxMegabytes', whole(1, 100)],
  SESSION_HOURS: ['server.sessionHours', whole(1, 720)],
  SKIP_AUTH_TOKEN: ['server.keyRequired', (text) => !flag(text)],
  DEBUG_LOGGING: ['logs.debug', flag],
  TOOL_SUPPORT: ['behaviour.tools', flag],
  TOOL_MODE: ['behaviour.toolMode', oneOf('auto', 'native', 'injected')],
  SCAN_LIMIT: ['behaviour.scanLimit', whole(1_000, 10_000_000)],
  THINKING_PROCESSING: ['behaviour.thinking', oneOf(...thinkingModes)],
  MODEL_ALIASES: ['models.aliases', aliases],
  DEFAULT_ALIASES: ['models.defaultAliases', flag],
  RETRY_ATTEMPTS: ['retry.attempts', whole(1, 5)],
  RETRY_BUDGET: ['retry.budgetPercent', whole(0, 50)],
  COOLDOWN_SECONDS: ['retry.cooldownSeconds', whole(5, 300)],
  COOLDOWN_MINUTES: ['retry.cooldownMinutes', whole(1, 120)],
  TOKEN_FAILURE_THRESHOLD: ['pool.failureThreshold', whole(1, 100)],
  TOKEN_RECOVERY_TIMEOUT: ['pool.recoverySeconds', whole(1, 86_400)],
  TOKEN_STRATEGY: ['pool.strategy', oneOf(...strategies)],
  TOKEN_STICKY: ['pool.sticky', flag],
  TOKEN_CONCURRENCY: ['pool.concurrency', whole(0, 1_000)],
  TOKEN_WATCH: ['tokens.watch', (text) => text.trim()],
  TOKEN_MAINTAIN_HOURS: ['tokens.maintainHours', whole(0, 720)],
  TOKEN_PRUNE_DAYS: ['tokens.pruneDays', whole(0, 365)],
  QUEUE_LENGTH: ['pool.queueLength', whole(0, 1_000)],
  QUEUE_SECONDS: ['pool.queueSeconds', whole(1, 120)],
  SELF_TEST: ['ui.selfTest', flag],
  IP_VERSION: ['network.ipVersion', oneOf(...ipVersions)],
  TRAYGATE_CA_FILE: ['network.caFile', caFile],
  CONNECT_SECONDS: ['network.connectSeconds', whole(1, 60)],
  FIRST_BYTE_SECONDS: ['network.firstByteSeconds', whole(1, 600)],
  IDLE_SECONDS: ['network.idleSeconds', whole(1, 600)],
  ANSWER_SECONDS: ['network.answerSeconds', whole(0, 7_200)],
  ANONYMOUS_MODE: ['providers.zai.guestMode', flag],
  GUEST_POOL_SIZE: ['providers.zai.guestPoolSize', whole(1, 50)],
  ZAI_BASE_URL: ['providers.zai.baseUrl', providerUrl],
  API_ENDPOINT: ['providers.zai.completionUrl', providerUrl],
  ZAI_API_BASE: ['providers.zai-api.base', zaiBase],
  ZAI_API_CONCURRENCY: ['providers.zai-api.concurrency', whole(1, 100)],
  LONGCAT_BASE_URL: ['providers.longcat.baseUrl', providerUrl],
  LONGCAT_API_BASE_URL: ['providers.longcat-api.baseUrl', providerUrl],
  K2THINK_BASE_URL: ['providers.k2think.baseUrl', providerUrl],
  K2THINK_API_BASE_URL: ['providers.k2think-api.baseUrl', providerUrl],
};

/** Each that fixes one setting. */
export const settingVariables: readonly string[] = Object.keys(variables);

/** One URL for everything, in the order the Python server used. */
const proxies = [
  ['HTTPS_PROXY', urlOf('http:', 'https:')],
  ['HTTP_PROXY', urlOf('http:', 'https:')],
  ['SOCKS5_PROXY', urlOf('socks5:', 'socks5h:')],
] as const;

/** Model-name variables: they rename a public model. The 2025 names mean the GLM-4.5 family. */
const modelNames: Record<string, string> = {
  PRIMARY_MODEL: 'GLM45_MODEL',
  THINKING_MODEL: 'GLM45_THINKING_MODEL',
  SEARCH_MODEL: 'GLM45_SEARCH_MODEL',
  AIR_MODEL: 'GLM45_AIR_MODEL',
};
const modelVariables = [
  'GLM45_MODEL', 'GLM45_THINKING_MODEL', 'GLM45_SEARCH_MODEL', 'GLM45_AIR_MODEL', 'GLM45V_MODEL',
  'GLM46_MODEL', 'GLM46_THINKING_MODEL', 'GLM46_SEARCH_MODEL', 'GLM46_ADVANCED_SEARCH_MODEL', 'GLM46V_MODEL',
  'GLM47_MODEL', 'GLM47_THINKING_MODEL', 'GLM47_SEARCH_MODEL', 'GLM47_ADVANCED_SEARCH_MODEL', 'GLM5_MODEL',
]; // prettier-ignore

/** The Python server has had two names for LongCat's single token. */
const tokenVariables: readonly (readonly [variable: string, BuiltInId, 'token' | 'file'])[] = [
  ['AUTH_TOKENS_FILE', 'zai', 'file'],
  ['LONGCAT_PASSPORT_TOKEN', 'longcat', 'token'],
  ['LONGCAT_TOKEN', 'longcat', 'token'],
  ['LONGCAT_TOKENS_FILE', 'longcat', 'file'],
];

const placeholder = 'sk-your-api-key';
const secretRange = '1 to 500 printable characters without blanks';
function secret(variable: string, text: string): string {
  const value = text.trim();
  if (value === placeholder) {
    throw new StartError(
      'placeholder_key',
      `${variable} is ${placeholder}, the placeholder of the documentation, which anyone could guess. Choose a key of your own, or remove the variable and Traygate makes one.`,
      78,
    );
  }
  return /^[\x21-\x7e]{1,500}$/.test(value) ? value : refuse(secretRange);
}

/** Empty means "not set", as in a compose file that passes `${AUTH_TOKEN}` through. */
function read<T>(environment: Environment, variable: string, parse: (text: string) => T): T | null {
  const text = environment[variable];
  if (text === undefined || text.trim() === '') return null;
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new StartError('invalid_environment', `${variable} is not allowed: it must be ${error.message}.`, 78);
  }
}

/** What the environment fixes. Throws StartError naming the variable and its allowed range. */
export function readEnvironmentSettings(environment: Environment): Fixed[] {
  const fixed: Fixed[] = [];
  for (const [by, [path, parse]] of Object.entries(variables)) {
    const value = read(environment, by, parse);
    if (value !== null) fixed.push({ path, value, by });
  }
  const proxy = proxies
    .map(([by, parse]) => ({ by, value: read(environment, by, parse) }))
    .find(({ value }) => value !== null);
  if (proxy) fixed.push({ path: 'network.proxy', ...proxy });

  const renamed = [...Object.keys(modelNames), ...modelVariables].flatMap((by) => {
    const value = read(environment, by, name);
    return value === null ? [] : [[modelNames[by] ?? by, value] as const];
  });
  if (renamed.length > 0)
    fixed.push({ path: 'providers.zai.modelNames', value: Object.fromEntries(renamed), by: 'GLM*_MODEL' });
  return fixed;
}

/** Keys and tokens of the environment. Throws StartError like `readEnvironmentSettings`. */
export function readEnvironmentSecrets(environment: Environment): EnvironmentSecrets {
  const key = (variable: string) => read(environment, variable, (text) => secret(variable, text));
  const list = (variable: string) =>
    read(environment, variable, (text) =>
      text
        .split(',')
        .filter((part) => part.trim())
        .map((part) => secret(variable, part)),
    ) ?? [];
  const adminPassword = read(environment, 'ADMIN_PASSWORD', (text) =>
    text.trim().length >= 6 && text.trim() !== 'admin123'
      ? text.trim()
      : refuse('6 characters or more, and not the old default admin123'),
  );
  const redisUrl = read(environment, 'TRAYGATE_REDIS_URL', serverUrl);
  return {
    clientKey: key('AUTH_TOKEN'),
    furtherKeys: list('AUTH_TOKENS'),
    anthropicKey: key('ANTHROPIC_API_KEY'),
    adminPassword,
    redisUrl,
    hidden: [adminPassword ?? [], redisUrl === null ? [] : [redisUrl, ...passwordIn(redisUrl)]].flat(),
    tokens: tokenVariables.flatMap(([variable, provider, kind]) => {
      const said = kind === 'file' ? read(environment, variable, (text) => text.trim()) : key(variable);
      if (said === null) return [];
      return { variable, provider, from: kind === 'file' ? { file: said } : { token: said } };
    }),
  };
}
