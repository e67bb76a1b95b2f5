/**
 * A folder that passes for Electron with electron-builder and holds none: what is packed, named and set around the binary can
 * so be seen on any machine, without network.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import electron from 'electron/package.json' with { type: 'json' };
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

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

const linuxProgram = (): Buffer => Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n#'), fuses, Buffer.from('\n')]);

/** Makes such a folder, and returns its path. */
export async function makeHollowElectron(folder: string, system: 'linux' | 'win'): Promise<string> {
  for (const name of ['locales', 'resources']) await mkdir(path.join(folder, name), { recursive: true });
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) await writeFile(path.join(folder, name), 'of nothing');
  await writeFile(path.join(folder, 'version'), electron.version);
  if (system === 'win') await writeFile(path.join(folder, 'electron.exe'), windowsProgram());
  else await writeFile(path.join(folder, 'electron'), linuxProgram(), { mode: 0o755 });
  return folder;
}
