import path from 'node:path';
import { LinuxTargetHelper } from 'app-builder-lib/out/targets/LinuxTargetHelper.js';
import { LinuxPackager } from 'electron-builder';
import type { Packed } from './pack.ts';

export interface DesktopEntry {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Names of the pictures for the icon theme. */
  readonly icons: readonly string[];
}

/** What deb, rpm and AppImage tell the desktop, as electron-builder writes it for them. */
export async function desktopEntry({ packager }: Packed): Promise<DesktopEntry> {
  if (!(packager instanceof LinuxPackager)) throw new Error('Only Linux has desktop entries');
  const helper = new LinuxTargetHelper(packager);
  const text = await helper.computeDesktopEntry(packager.platformSpecificBuildOptions);
  const lines = text.split('\n').map((line): [string, string] => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)];
  });
  return {
    name: helper.getDesktopFileName(),
    fields: Object.fromEntries(lines),
    icons: (await helper.icons).map(({ file }) => path.basename(file)),
  };
}
