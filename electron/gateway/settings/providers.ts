import { isBuiltIn, type ProviderId } from '../../../shared/provider.ts';
import { isSettingPath, type SettingPath } from './schema.ts';
import type { Settings } from './settings.ts';

export function isEnabled(settings: Settings, id: ProviderId): boolean {
  if (isBuiltIn(id)) return settings.get(`providers.${id}.enabled`);
  return settings.get('providers.added').find((added) => added.id === id)?.enabled ?? false;
}

/** Throws SettingRefused when the environment fixes it. */
export function setEnabled(settings: Settings, id: ProviderId, enabled: boolean): void {
  if (isBuiltIn(id)) return settings.set(`providers.${id}.enabled`, enabled);
  const all = settings.get('providers.added');
  const at = all.findIndex((added) => added.id === id);
  const found = all[at];
  if (found) settings.set('providers.added', all.with(at, { ...found, enabled }));
}

type GuestPath<W extends string> = Extract<SettingPath, `providers.${string}.${W}`>;

/** The setting for guests of a provider, or null where there are none. */
export function guestPath<W extends 'guestMode' | 'guestPoolSize'>(id: ProviderId, what: W): GuestPath<W> | null {
  const path = `providers.${id}.${what}`;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the name is made of both parts, so a path that exists is of this kind
  return isSettingPath(path) ? (path as GuestPath<W>) : null;
}

type BasePath = Extract<SettingPath, `providers.${string}.base`>;

/** The setting for the base that a provider asks, or null where there is no choice. */
export function basePath(id: ProviderId): BasePath | null {
  const path = `providers.${id}.base`;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return isSettingPath(path) ? (path as BasePath) : null;
}
