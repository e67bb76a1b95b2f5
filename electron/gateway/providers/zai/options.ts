import { randomUUID } from 'node:crypto';
import { createProfile, type Profile } from '../wire/web/profile.ts';

/** Settings and the few impure things, injectable so that fixtures come out exact. */
export interface ZaiOptions {
  /** Origin of the site, without a slash at the end. */
  readonly baseUrl?: string | undefined;
  /** Where completions go, if not to `baseUrl` (`API_ENDPOINT`). */
  readonly completionUrl?: string | undefined;
  /** Public names by environment variable, e.g. `GLM45_MODEL` → `gpt-4o`. */
  readonly modelNames?: Readonly<Partial<Record<string, string>>> | undefined;
  /** Sent as the owner of a model. */
  readonly serviceName?: string | undefined;
  /** Whether chats that were created for one answer are deleted after it (default true). */
  readonly deleteChats?: boolean | undefined;
  readonly locale?: (() => string) | undefined;
  readonly timezone?: (() => string) | undefined;
  readonly clock?: (() => number) | undefined;
  readonly uuid?: (() => string) | undefined;
  readonly profile?: Profile | undefined;
}

/** The options with every gap filled. */
export interface Setup {
  readonly baseUrl: string;
  readonly completionUrl: string;
  readonly modelNames: Readonly<Partial<Record<string, string>>>;
  readonly serviceName: string;
  readonly deleteChats: boolean;
  readonly locale: () => string;
  readonly timezone: () => string;
  readonly clock: () => number;
  readonly uuid: () => string;
  readonly profile: Profile;
}

/** Whose request it is. */
export interface Caller {
  readonly token: string;
  readonly userId: string;
  readonly guest: boolean;
  readonly signal: AbortSignal;
}

export function completed(options: ZaiOptions): Setup {
  const baseUrl = (options.baseUrl ?? 'https://chat.z.ai').replace(/\/+$/, '');
  const resolved = new Intl.DateTimeFormat().resolvedOptions();
  return {
    baseUrl,
    completionUrl: options.completionUrl ?? `${baseUrl}/api/v2/chat/completions`,
    modelNames: options.modelNames ?? {},
    serviceName: options.serviceName ?? 'traygate',
    deleteChats: options.deleteChats ?? true,
    locale: options.locale ?? (() => resolved.locale),
    timezone: options.timezone ?? (() => resolved.timeZone),
    clock: options.clock ?? Date.now,
    uuid: options.uuid ?? randomUUID,
    profile: options.profile ?? createProfile('Z.ai Chat'),
  };
}
