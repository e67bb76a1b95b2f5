import { z } from 'zod';
import { bodyModes, RedactionRule } from '../../../shared/capture.ts';
import { AddedProvider, ProviderId } from '../../../shared/provider.ts';
import { MaintainHours, PruneDays } from '../../../shared/maintenance.ts';
import { portBusyModes } from '../../../shared/port.ts';
import { EveryHours } from '../../../shared/radar.ts';
import { languages, themes } from '../../../shared/state.ts';
import { thinkingModes } from '../chat/thinking.ts';
import { isProxy } from '../network/proxy.ts';
import { Net, Origin } from '../http/borders.ts';
import { appearanceDefaults, appearanceSchemas } from './appearance.ts';
import { ipVersions } from '../network/ip-version.ts';
import { strategies } from '../pool/select.ts';
import { isBase } from '../providers/zai-api/bases.ts';
import { desktopDefaults, desktopSchemas } from './desktop.ts';
import { ModelAlias, repeatedAlias } from './model-aliases.ts';

/** How tools reach a model: as its provider declares (`auto`), in the provider's own fields, or written into the conversation. */
export const toolModes = ['auto', 'native', 'injected'] as const;
export type ToolModeSetting = (typeof toolModes)[number];

function haveOwnIds(added: readonly AddedProvider[]): boolean {
  return new Set(added.map(({ id }) => id)).size === added.length;
}

const optionalUrl = z.string().nullable();

/** Every setting with its allowed range, by dotted path. What is not a setting (tokens, keys) is not here. */
export const settingSchemas = {
  'server.host': z.string().min(1).max(255),
  'server.port': z.number().int().min(0).max(65_535),
  'server.portBusy': z.enum(portBusyModes),
  'server.rootPath': z.string().regex(/^(\/[\w.~-]+)*$/),
  'server.allowedHosts': z.array(z.string()),
  /** Web pages that may call the API, by their exact origin. */
  'server.allowedOrigins': z.array(Origin).max(100),
  /** Proxies whose word on their clients is taken: addresses or nets. */
  'server.trustedProxies': z.array(Net).max(100),
  /** Whether the window and the monitoring API answer other computers, too. */
  'server.remoteAdmin': z.boolean(),
  'server.serviceName': z.string().min(1).max(64),
  'server.keyRequired': z.boolean(),
  /** Other computers that are answered, by address or net; empty: all that can reach this one. */
  'server.allowedClients': z.array(Net).max(100),
  /** Requests that are answered at once; those beyond are refused. */
  'server.maxRequests': z.number().int().min(1).max(10_000),
  'server.maxMegabytes': z.number().int().min(1).max(100),
  /** How long whoever has signed in to the window stays signed in. */
  'server.sessionHours': z.number().int().min(1).max(720),
  'network.proxy': z
    .string()
    .max(2_000)
    .refine(isProxy, 'It must begin with http://, https:// or socks5://.')
    .nullable(),
  'network.ipVersion': z.enum(ipVersions),
  /** A file of certificates that are trusted beside those of the system. */
  'network.caFile': z.string().min(1).max(4_096).nullable(),
  /** How long a provider may take to be connected, to its first byte and between two; null: what suits the provider. */
  'network.connectSeconds': z.number().int().min(1).max(60),
  'network.firstByteSeconds': z.number().int().min(1).max(600).nullable(),
  'network.idleSeconds': z.number().int().min(1).max(600).nullable(),
  /** How long a whole answer may take; 0: as long as it does. */
  'network.answerSeconds': z.number().int().min(0).max(7_200),
  'behaviour.tools': z.boolean(),
  'behaviour.toolMode': z.enum(toolModes),
  /** By model name, in any case; goes before `behaviour.toolMode`. */
  'behaviour.toolModes': z.record(z.string(), z.enum(toolModes)),
  'behaviour.scanLimit': z.number().int().min(1_000).max(10_000_000),
  'behaviour.thinking': z.enum(thinkingModes),
  /** By model name, in any case; goes before `behaviour.thinking`. */
  'behaviour.thinkingModels': z.record(z.string(), z.enum(thinkingModes)),
  /** Go before the default aliases; the first one that fits decides. */
  'models.aliases': z
    .array(ModelAlias)
    .max(500)
    .refine((aliases) => repeatedAlias(aliases) === undefined),
  'models.defaultAliases': z.boolean(),
  /** Models that are neither listed nor asked, as `provider/model`. */
  'models.off': z.array(z.string().min(3).max(250)).max(2_000),
  'retry.attempts': z.number().int().min(1).max(5),
  /** Retries within ten seconds, as a share of the requests. */
  'retry.budgetPercent': z.number().int().min(0).max(50),
  /** How long a token rests that its provider calls too fast, the first time and at the most. */
  'retry.cooldownSeconds': z.number().int().min(5).max(300),
  'retry.cooldownMinutes': z.number().int().min(1).max(120),
  'pool.failureThreshold': z.number().int().min(1).max(100),
  'pool.recoverySeconds': z.number().int().min(1).max(86_400),
  'pool.strategy': z.enum(strategies),
  /** Conversations stay with the token that answered them. */
  'pool.sticky': z.boolean(),
  /** Requests of one token at once; 0: as many as come. */
  'pool.concurrency': z.number().int().min(0).max(1_000),
  /** Requests that wait while all tokens are busy, and how long each. */
  'pool.queueLength': z.number().int().min(0).max(1_000),
  'pool.queueSeconds': z.number().int().min(1).max(120),
  /** A folder whose files of tokens are taken in and followed. */
  'tokens.watch': z.string().min(1).max(4_096).nullable(),
  'tokens.maintainHours': MaintainHours,
  'tokens.pruneDays': PruneDays,
  'logs.debug': z.boolean(),
  /** Exchanges are kept while they are among so many, not older, and all together not larger than this. */
  'logs.keep': z.number().int().min(100).max(200_000),
  'logs.keepDays': z.number().int().min(1).max(3_650),
  'logs.keepMegabytes': z.number().int().min(10).max(10_000),
  /** Which requests and answers are kept, how much of each, and of all together (docs/logs.md). */
  'logs.bodies': z.enum(bodyModes),
  'logs.bodyKilobytes': z.number().int().min(16).max(8_192),
  'logs.bodyMegabytes': z.number().int().min(1).max(10_000),
  /** Names and paths whose values are never kept, beside those that are built in. */
  'logs.redact': z.array(RedactionRule).max(100),
  'providers.zai.enabled': z.boolean(),
  'providers.zai.guestMode': z.boolean(),
  'providers.zai.guestPoolSize': z.number().int().min(1).max(50),
  'providers.zai.baseUrl': z.string(),
  'providers.zai.completionUrl': optionalUrl,
  'providers.zai.modelNames': z.record(z.string(), z.string()),
  'providers.zai-api.enabled': z.boolean(),
  /** `standard`, `coding`, `china`, `china-coding`, or an address. */
  'providers.zai-api.base': z.string().max(500).refine(isBase),
  /** Requests of one key that run at one model at once; the others wait. */
  'providers.zai-api.concurrency': z.number().int().min(1).max(100),
  'providers.k2think.enabled': z.boolean(),
  'providers.k2think.guestMode': z.boolean(),
  'providers.k2think.guestPoolSize': z.number().int().min(1).max(50),
  'providers.k2think.baseUrl': z.string(),
  'providers.k2think-api.enabled': z.boolean(),
  'providers.k2think-api.baseUrl': z.string(),
  'providers.longcat.enabled': z.boolean(),
  'providers.longcat.baseUrl': z.string(),
  'providers.longcat-api.enabled': z.boolean(),
  'providers.longcat-api.baseUrl': z.string(),
  'providers.local.enabled': z.boolean(),
  /** Services the user has added by their address. */
  'providers.added': z.array(AddedProvider).max(100).refine(haveOwnIds, 'Two providers have the same id.'),
  /** Which provider answers first when several offer a model; those not named follow. */
  'providers.order': z.array(ProviderId).max(200),
  /** Hours between two runs of the canaries; 0: only on demand. */
  'radar.everyHours': EveryHours,
  ...desktopSchemas,
  ...appearanceSchemas,
  'ui.language': z.enum(languages),
  'ui.theme': z.enum(themes),
  /** Home shows what is left to do until everything works. */
  'ui.checklist': z.boolean(),
  /** Home asks Z.AI once, while nothing has been asked yet. */
  'ui.selfTest': z.boolean(),
} as const;

export type SettingPath = keyof typeof settingSchemas;
export type SettingValue<P extends SettingPath> = z.infer<(typeof settingSchemas)[P]>;

export const defaults: { readonly [P in SettingPath]: SettingValue<P> } = {
  'server.host': '127.0.0.1',
  'server.port': 8080,
  'server.portBusy': 'ask',
  'server.rootPath': '',
  'server.allowedHosts': [],
  'server.allowedOrigins': [],
  'server.trustedProxies': [],
  'server.remoteAdmin': false,
  'server.serviceName': 'traygate',
  'server.keyRequired': true,
  'server.allowedClients': [],
  'server.maxRequests': 2_500,
  'server.maxMegabytes': 32,
  'server.sessionHours': 12,
  'network.proxy': null,
  'network.ipVersion': 'auto',
  'network.caFile': null,
  'network.connectSeconds': 10,
  'network.firstByteSeconds': null,
  'network.idleSeconds': null,
  'network.answerSeconds': 3_600,
  'behaviour.tools': true,
  'behaviour.toolMode': 'auto',
  'behaviour.toolModes': {},
  'behaviour.scanLimit': 200_000,
  'behaviour.thinking': 'separate',
  'behaviour.thinkingModels': {},
  'models.aliases': [],
  'models.defaultAliases': true,
  'models.off': [],
  'retry.attempts': 3,
  'retry.budgetPercent': 20,
  'retry.cooldownSeconds': 30,
  'retry.cooldownMinutes': 30,
  'pool.failureThreshold': 3,
  'pool.recoverySeconds': 1_800,
  'pool.strategy': 'round-robin',
  'pool.sticky': false,
  'pool.concurrency': 0,
  'pool.queueLength': 200,
  'pool.queueSeconds': 30,
  'tokens.watch': null,
  'tokens.maintainHours': 0,
  'tokens.pruneDays': 30,
  'logs.debug': false,
  'logs.keep': 50_000,
  'logs.keepDays': 90,
  'logs.keepMegabytes': 200,
  'logs.bodies': 'memory',
  'logs.bodyKilobytes': 256,
  'logs.bodyMegabytes': 64,
  'logs.redact': [],
  'providers.zai.enabled': true,
  'providers.zai.guestMode': true,
  'providers.zai.guestPoolSize': 3,
  'providers.zai.baseUrl': 'https://chat.z.ai',
  'providers.zai.completionUrl': null,
  'providers.zai.modelNames': {},
  'providers.zai-api.enabled': true,
  'providers.zai-api.base': 'standard',
  'providers.zai-api.concurrency': 3,
  'providers.k2think.enabled': true,
  'providers.k2think.guestMode': true,
  'providers.k2think.guestPoolSize': 1,
  'providers.k2think.baseUrl': 'https://www.k2think.ai',
  'providers.k2think-api.enabled': true,
  'providers.k2think-api.baseUrl': 'https://api.k2think.ai/v1',
  'providers.longcat.enabled': true,
  'providers.longcat.baseUrl': 'https://longcat.chat',
  'providers.longcat-api.enabled': true,
  'providers.longcat-api.baseUrl': 'https://api.longcat.chat',
  'providers.local.enabled': true,
  'providers.added': [],
  'providers.order': [],
  'radar.everyHours': 0,
  ...desktopDefaults,
  ...appearanceDefaults,
  'ui.language': 'system',
  'ui.theme': 'system',
  'ui.checklist': true,
  'ui.selfTest': true,
};

export function isSettingPath(path: string): path is SettingPath {
  return Object.hasOwn(settingSchemas, path);
}
