/** What is known of a package in node_modules, by its own files. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const Person = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().default('none'),
  author: Person.optional(),
  homepage: z.string().optional(),
});

export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly author: string | undefined;
  readonly homepage: string | undefined;
  /** Its licence files and notices, as they are; empty when it comes without. */
  readonly texts: readonly string[];
}

/** The folder of the package that a module belongs to, or null for our own and for what a bundler makes up. */
export function packageFolder(module: string): string | null {
  const [file = ''] = module.replace('\0', '').replaceAll('\\', '/').split('?');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? null;
}

/** Reads a package's manifest, licence and notices; `more` names further files of it that hold some. */
export function thirdParty(folder: string, more: readonly string[] = []): ThirdParty {
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  const { license, ...manifest } = Manifest.parse(JSON.parse(read('package.json')));
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(name));
  return {
    name: manifest.name,
    version: manifest.version,
    licence: license,
    author: manifest.author,
    homepage: manifest.homepage,
    texts: [...files.toSorted(), ...more].map((name) => read(name).replaceAll('\r\n', '\n').trim()),
  };
}
