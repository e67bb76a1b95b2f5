import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { SettingsView } from '../../shared/settings.ts';
import { call } from './backend.ts';
import { keepPreferences } from './preferences.ts';
import { createStore } from './store.ts';
import { queries, readAgain } from './queries.ts';

/** Tells this window from others that are open. */
export const windowId = crypto.getRandomValues(new Uint32Array(2)).join('-');

const key = ['settings'];

export const useSettings = () => useQuery({ queryKey: key, queryFn: () => call('settings.get') });

/** Keeps the window to the settings of its looks, whichever window changes them. */
export function usePreferencesKept(): void {
  const { data } = useSettings();
  useEffect(() => {
    if (data !== undefined) keepPreferences(data.values);
  }, [data]);
}

export const showSettings = (view: SettingsView) => queries.setQueryData<SettingsView>(key, view);

/** The last change that another window has made, for the page to say so. */
export const changedElsewhere = createStore<{ readonly path: string; readonly at: number } | null>(null);

export function settingChanged({ path, by }: { readonly path: string; readonly by: string | null }): void {
  if (by === windowId) return;
  void readAgain(key);
  if (by !== null) changedElsewhere.set({ path, at: performance.now() });
}

/** Puts a value in force. Throws CallError, with everything as it was. */
export async function setSetting(path: string, value: unknown): Promise<SettingsView> {
  const view = await call('settings.set', { path, value, by: windowId });
  showSettings(view);
  return view;
}

export async function resetSetting(path: string): Promise<SettingsView> {
  const view = await call('settings.reset', { path, by: windowId });
  showSettings(view);
  return view;
}
