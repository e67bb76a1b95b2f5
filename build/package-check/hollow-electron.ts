/**
 * A folder that passes for Electron with electron-builder and holds none: what is packed, named and set around the binary can
 * so be seen on any machine, without network.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import electron from 'electron/package.json' with { type: 'json' };
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

export type System = 'linux' | 'mac' | 'win';

/** How Electron's binary begins its fuses, then the version of their layout, how many they are, and the state of each as delivered. */
const fuses = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100010'),
]);

function windowsProgram(): Buffer {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(new Uint8Array(fuses).buffer);
  return Buffer.from(program.generate());
}

const script = '#!/bin/sh\nexit 1\n#';
const program = (): Buffer => Buffer.concat([Buffer.from(script), fuses, Buffer.from('\n')]);

const plist = (executable: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
  <key>CFBundleExecutable</key><string>${executable}</string>
</dict></plist>`;

/** On macOS the fuses are in the framework; the helpers are applications of their own. */
function macFiles(): [name: string, content: string | Buffer][] {
  const bundle = (at: string, name: string): [string, string][] => [
    [`${at}/Contents/Info.plist`, plist(name)],
    [`${at}/Contents/MacOS/${name}`, script],
  ];
  const frameworks = 'Electron.app/Contents/Frameworks';
  const helpers = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].map((kind) => `Electron Helper${kind}`);
  return [
    ...bundle('Electron.app', 'Electron'),
    ...helpers.flatMap((name) => bundle(`${frameworks}/${name}.app`, name)),
    [`${frameworks}/Electron Framework.framework/Electron Framework`, program()],
    ['Electron.app/Contents/Resources/electron.icns', ''],
  ];
}

const filesOf: Readonly<Record<System, () => [name: string, content: string | Buffer][]>> = {
  linux: () => [['electron', program()]],
  mac: macFiles,
  win: () => [['electron.exe', windowsProgram()]],
};

/** Makes such a folder, and returns its path. */
export async function makeHollowElectron(folder: string, system: System): Promise<string> {
  const everywhere: [string, string][] = [
    ['LICENSE', 'of nothing'],
    ['LICENSES.chromium.html', 'of nothing'],
    ['version', electron.version],
  ];
  for (const [name, content] of [...everywhere, ...filesOf[system]()]) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content, { mode: 0o755 });
  }
  return folder;
}
