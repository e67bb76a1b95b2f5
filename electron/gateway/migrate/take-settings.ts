import { isDeepStrictEqual } from 'node:util';
import { checkReach } from '../http/reach.ts';
import { renamingVariables } from '../providers/zai/model-table.ts';
import { renamingClash } from '../providers/zai/renaming.ts';
import { readEnvironmentSettings } from '../settings/environment.ts';
import { defaults, type SettingPath } from '../settings/schema.ts';
import type { Settings } from '../settings/settings.ts';
import { StartError } from '../shell.ts';
import { isTrue } from './env-file.ts';
import { booleans, tokenVariables, withoutMeaning } from './meanings.ts';
import { type Line, lineOf } from './report.ts';

type Told = Omit<Line, 'subject'>;

/** A variable as a setting, or what else is to be said of it. */
type Reading = { readonly path: SettingPath; readonly value: unknown } | Told;

const proxies = ['HTTPS_PROXY', 'HTTP_PROXY', 'SOCKS5_PROXY'];
const passwordsElsewhere = 'passwords are not saved: put it into the environment or the .env file of Traygate';

/**
 * What becomes of each variable, keys for clients excepted; those that are settings are saved. A setting that has been changed
 * here before stays as it is. Throws only what saving throws.
 */
export function takeSettings(env: ReadonlyMap<string, string>, settings: Settings): Line[] {
  const values = new Map<SettingPath, unknown>();
  const lines = [...env].map(([subject, value]): Line => {
    const reading =
      value.trim() === '' ? ({ outcome: 'no meaning', text: 'it is empty' } as const) : read(subject, env);
    if ('outcome' in reading) return lineOf(subject, reading);
    const merged =
      reading.path === 'providers.zai.modelNames'
        ? { ...Object(values.get(reading.path)), ...Object(reading.value) }
        : reading.value;
    const told = take(reading.path, merged, reading.value, settings);
    if (told.outcome === 'taken over') values.set(reading.path, merged);
    return lineOf(subject, told);
  });
  settings.setAll(values);
  return lines;
}

function read(name: string, env: ReadonlyMap<string, string>): Reading {
  const value = env.get(name) ?? '';
  const why = withoutMeaning[name];
  if (why !== undefined) return { outcome: 'no meaning', text: why };
  const kind = tokenVariables[name];
  if (kind !== undefined)
    return {
      outcome: 'taken over',
      text: kind === 'file' ? 'its tokens are told of below' : 'as a token, told of below',
    };
  switch (name) {
    case 'ADMIN_PASSWORD':
      return value.trim() === 'admin123'
        ? {
            outcome: 'refused',
            text: 'admin123 is known to everybody: choose another and set ADMIN_PASSWORD for Traygate',
          }
        : value.trim().length < 6
          ? { outcome: 'refused', text: 'Traygate wants 6 characters or more: choose another' }
          : { outcome: 'environment', text: passwordsElsewhere };
    case 'API_ENDPOINT':
      if (/^https:\/\/chat\.z\.ai(?:\/|$)/.test(value.trim()))
        return { outcome: 'no meaning', text: 'it is Z.AI itself, whose addresses Traygate knows' };
      break;
    case 'TOKEN_AUTO_MAINTENANCE_ENABLED':
      if (!isTrue(value)) return { outcome: 'already so', text: 'maintenance is off' };
      return { path: 'tokens.maintainHours', value: hours(env.get('TOKEN_AUTO_MAINTENANCE_INTERVAL')) };
    case 'TOKEN_AUTO_DELETE_INVALID':
      if (!isTrue(value)) return { path: 'tokens.pruneDays', value: 0 };
      return {
        outcome: 'already so',
        text: 'maintenance removes what the provider has refused for tokens.pruneDays days',
      };
    default:
  }
  const before = proxies.slice(0, Math.max(0, proxies.indexOf(name))).find((other) => env.get(other)?.trim());
  if (before !== undefined) return { outcome: 'no meaning', text: `there is one proxy for everything: ${before}` };
  return asSetting(name, booleans.has(name) ? String(isTrue(value)) : value);
}

/** As the environment's own table has it, ranges included. */
function asSetting(name: string, value: string): Reading {
  try {
    const [fixed] = readEnvironmentSettings({ [name]: value });
    if (fixed === undefined) return { outcome: 'no meaning', text: 'Traygate knows no such variable' };
    const renamed = fixed.path === 'providers.zai.modelNames' ? Object.entries(Object(fixed.value)) : [];
    return renamed.length > 0 && renamed.every(([model, usual]) => renamingVariables[model] === usual)
      ? { outcome: 'already so', text: 'it is the usual name of this model' }
      : fixed;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return { outcome: 'refused', text: `${withoutFirstPerson(error.message)} Traygate's default applies.` };
  }
}

/** The subject of the line is the variable already. */
const withoutFirstPerson = (message: string): string => message.replace(/^\w+ is not allowed: it/, 'it');

function take(path: SettingPath, value: unknown, shown: unknown, settings: Settings): Told {
  const own = settings.get(path);
  if (isDeepStrictEqual(own, value)) return { outcome: 'already so', text: `${path} = ${show(shown)}` };
  if (!isDeepStrictEqual(own, defaults[path]) && !contains(own, shown))
    return { outcome: 'kept', text: `${path} has been changed here and stays ${show(own)} (there: ${show(shown)})` };
  if (contains(own, shown)) return { outcome: 'already so', text: `${path} = ${show(shown)}` };
  const refused = objection(path, value, settings);
  return refused === null
    ? { outcome: 'taken over', text: `${path} = ${show(shown)}` }
    : { outcome: 'refused', text: refused };
}

/** Whether a table of names has these already. */
const contains = (own: unknown, part: unknown): boolean =>
  typeof own === 'object' &&
  own !== null &&
  typeof part === 'object' &&
  part !== null &&
  isDeepStrictEqual({ ...own, ...part }, own);

/** Why the next start would refuse it. */
function objection(path: SettingPath, value: unknown, settings: Settings): string | null {
  if (path === 'providers.zai.modelNames')
    return (
      renamingClash(Object.fromEntries(Object.entries(Object(value)).map(([at, name]) => [at, String(name)]))) ?? null
    );
  if (path !== 'server.keyRequired') return null;
  try {
    checkReach({ host: settings.get('server.host'), keyRequired: value === true, chosen: [] });
    return null;
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
}

/** Seconds as whole hours, one at least. */
const hours = (text: string | undefined): number => {
  const seconds = Number(text?.trim() || 1_800);
  return Number.isFinite(seconds) ? Math.min(720, Math.max(1, Math.round(seconds / 3_600))) : 1;
};

/** As text, without the name and password of an address. */
function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/\/\/[^/@\s]*@/g, '//•••@');
}
