/** electron-builder.yml, as far as the checks ask about it, and the names of the artefacts it leads to. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Arch, LinuxPackager, MacPackager, Packager, WinPackager } from 'electron-builder';
import { parse } from 'yaml';
import { z } from 'zod';

export const repository = path.join(import.meta.dirname, '../..');

const Target = z.looseObject({ artifactName: z.string().optional() });
const System = z.looseObject({ target: z.array(z.string()), artifactName: z.string().optional() });
const Configuration = z.looseObject({
  electronFuses: z.record(z.string(), z.boolean()),
  linux: System,
  mac: System,
  win: System,
  nsis: Target,
  portable: Target,
});

const file = path.join(repository, 'electron-builder.yml');
export const configuration = Configuration.parse(parse(readFileSync(file, 'utf8')));

export interface Artefact {
  readonly system: 'linux' | 'mac' | 'win';
  readonly target: string;
  readonly name: string;
}

const packagers = [
  ['linux', LinuxPackager],
  ['mac', MacPackager],
  ['win', WinPackager],
] as const;

/** What a release holds, by the name electron-builder itself gives to each. */
export async function artefacts(): Promise<Artefact[]> {
  const info = new Packager({ projectDir: repository, config: 'electron-builder.yml' });
  await info.validateConfig();
  return packagers.flatMap(([system, SystemPackager]) => {
    const packager = new SystemPackager(info);
    return configuration[system].target.flatMap((target) => {
      const own = Target.catch({}).parse(configuration[target]);
      const options = { artifactName: own.artifactName ?? configuration[system].artifactName ?? null };
      const extension = target === 'nsis' || target === 'portable' ? 'exe' : target;
      return [Arch.x64, Arch.arm64].map((arch) => ({
        system,
        target,
        name: packager.expandArtifactNamePattern(options, extension, arch),
      }));
    });
  });
}
