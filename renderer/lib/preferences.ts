import { calms, densities, hourCycles } from '../../shared/appearance.ts';
import { createStore } from './store.ts';

const storageKey = 'traygate.preferences';
const among = <T>(allowed: readonly T[], value: unknown, usual: T): T => allowed.find((one) => one === value) ?? usual;

/** What of the settings the window itself keeps to, whatever else the values hold. */
const read = (values: Readonly<Record<string, unknown>>) => ({
  density: among(densities, values['ui.density'], 'normal'),
  reduceMotion: among(calms, values['ui.reduceMotion'], 'system'),
  hours: among(hourCycles, values['ui.hours'], 'auto'),
  singleKeys: values['ui.singleKeys'] === true,
});
export type Preferences = ReturnType<typeof read>;

/** The gateway's own are not known before it has answered; the last ones seen serve until then. */
function remembered(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return read(typeof kept === 'object' && kept !== null ? { ...kept } : {});
  } catch {
    return read({});
  }
}

export const preferences = createStore<Preferences>(remembered());

function apply({ density, reduceMotion }: Preferences): void {
  const { dataset } = document.documentElement;
  dataset['density'] = density;
  dataset['reduceMotion'] = reduceMotion;
}

export const startPreferences = (): void => apply(preferences.get());

/** Shows them from now on, and at the next start until the gateway has answered. */
export function keepPreferences(values: Readonly<Record<string, unknown>>): void {
  const next = read(values);
  if (JSON.stringify(next) === JSON.stringify(preferences.get())) return;
  preferences.set(next);
  apply(next);
  const { density, reduceMotion, hours, singleKeys } = next;
  const kept = {
    'ui.density': density,
    'ui.reduceMotion': reduceMotion,
    'ui.hours': hours,
    'ui.singleKeys': singleKeys,
  };
  try {
    localStorage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    // Storage can be switched off in a browser; the gateway keeps them anyway.
  }
}
