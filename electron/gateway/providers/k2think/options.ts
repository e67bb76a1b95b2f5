import { randomUUID } from 'node:crypto';
import { createProfile, type Profile } from '../wire/web/profile.ts';

/** Settings and the few impure things, injectable so that fixtures come out exact. */
export interface K2ThinkOptions {
  /** Origin of the site, without a slash at the end. */
  readonly baseUrl?: string | undefined;
  readonly locale?: (() => string) | undefined;
  readonly timezone?: (() => string) | undefined;
  readonly clock?: (() => number) | undefined;
  readonly uuid?: (() => string) | undefined;
  readonly profile?: Profile | undefined;
}

/** The options with every gap filled. */
export type Setup = { readonly [Name in keyof K2ThinkOptions]-?: NonNullable<K2ThinkOptions[Name]> };

export function completed(options: K2ThinkOptions): Setup {
  const resolved = new Intl.DateTimeFormat().resolvedOptions();
  return {
    baseUrl: (options.baseUrl ?? 'https://www.k2think.ai').replace(/\/+$/, ''),
    locale: options.locale ?? (() => resolved.locale),
    timezone: options.timezone ?? (() => resolved.timeZone),
    clock: options.clock ?? Date.now,
    uuid: options.uuid ?? randomUUID,
    profile: options.profile ?? createProfile('K2 Think'),
  };
}
