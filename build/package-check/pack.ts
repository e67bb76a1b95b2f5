import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import path from 'node:path';
import { type AfterPackContext, Arch, build, type Configuration, Platform } from 'electron-builder';
import { repository } from './configuration.ts';
import { makeHollowElectron, type System } from './hollow-electron.ts';

const platforms = { linux: Platform.LINUX, mac: Platform.MAC, win: Platform.WINDOWS };

const fusesIn: Readonly<Record<System, string>> = {
  linux: 'traygate',
  mac: 'Traygate.app',
  win: 'Traygate.exe',
};

export interface Packed {
  readonly folder: string;
  /** What @electron/fuses is to look into. */
  readonly fuses: string;
  readonly resources: string;
  readonly archive: string;
  readonly packager: AfterPackContext['packager'];
  /** Connections that were begun meanwhile. */
  readonly connections: number;
}

/** Packs what lies in dist with electron-builder, as a release does, against a hollow Electron; into a folder of its own below `to`. */
export async function pack(to: string, system: System, more: Configuration = {}): Promise<Packed> {
  let context: AfterPackContext | undefined;
  let connections = 0;
  const count = (): void => void connections++;
  subscribe('net.client.socket', count);
  try {
    await build({
      projectDir: repository,
      targets: platforms[system].createTarget('dir', Arch.x64),
      publish: 'never',
      // Over what electron-builder.yml says.
      config: {
        ...more,
        electronDist: await makeHollowElectron(path.join(to, `${system}-electron`), system),
        directories: { output: path.join(to, system), buildResources: 'build' },
        afterPack: (packed) => {
          context = packed;
          return Promise.resolve();
        },
      },
    });
  } finally {
    unsubscribe('net.client.socket', count);
  }
  if (context === undefined) throw new Error('electron-builder has packed nothing');
  const { appOutDir, packager } = context;
  const folder = path.join(appOutDir, system === 'mac' ? 'Traygate.app/Contents' : '.');
  const resources = path.join(folder, system === 'mac' ? 'Resources' : 'resources');
  return {
    folder,
    fuses: path.join(appOutDir, fusesIn[system]),
    resources,
    archive: path.join(resources, 'app.asar'),
    packager,
    connections,
  };
}
