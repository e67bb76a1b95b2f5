import type { ToolModeSetting } from './schema.ts';
import type { Settings } from './settings.ts';

/** How tools reach one model from now on; null: as is set for all. Throws SettingRefused. */
export function setToolMode(settings: Settings, model: string, mode: ToolModeSetting | null): void {
  const others = Object.entries(settings.get('behaviour.toolModes')).filter(
    ([name]) => name.toLowerCase() !== model.toLowerCase(),
  );
  settings.set(
    'behaviour.toolModes',
    Object.fromEntries([...others, ...(mode === null ? [] : [[model, mode] as const])]),
  );
}
