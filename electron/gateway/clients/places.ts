import { accessSync, constants, existsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where programs of this user keep their settings. */
export interface Places {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** ~/.config, or what XDG_CONFIG_HOME says. */
  readonly config: string;
  /** %APPDATA% on Windows, ~/Library/Application Support on macOS, else as `config`. */
  readonly applications: string;
  readonly environment: Environment;
}

export function placesOf(environment: Environment, platform = process.platform): Places {
  const set = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const home = set(platform === 'win32' ? 'USERPROFILE' : 'HOME') ?? os.homedir();
  const config = set('XDG_CONFIG_HOME') ?? path.join(home, '.config');
  const applications = {
    win32: set('APPDATA') ?? path.join(home, 'AppData', 'Roaming'),
    darwin: path.join(home, 'Library', 'Application Support'),
  };
  return {
    platform,
    home,
    config,
    applications: platform === 'win32' || platform === 'darwin' ? applications[platform] : config,
    environment,
  };
}

/** Whether a program of one of these names is in the PATH. */
export function isInstalled(names: readonly string[], { platform, environment }: Places): boolean {
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(path.delimiter).filter(Boolean);
  const endings = platform === 'win32' ? ['.exe', '.cmd', '.ps1', ''] : [''];
  return folders.some((folder) =>
    names.some((name) => endings.some((ending) => isProgram(path.join(folder, name + ending)))),
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The first of these that is there, else the first: where it would be made. */
export const firstThere = (files: readonly [string, ...string[]]): string =>
  files.find((file) => existsSync(file)) ?? files[0];
