/**
 * The list of parts of a release, in CycloneDX. `node build/parts-list.ts FILE` writes it. npm's own `--omit dev` leaves out what tools need
 * too, such as zod, and all of Electron, which is shipped whole: so everything is asked for, and what only tools need is taken out.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '..');
const Part = z.looseObject({
  name: z.string(),
  version: z.string(),
  'bom-ref': z.string(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })),
});
const List = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string(), 'bom-ref': z.string() }) }),
  components: z.array(Part),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});
export type PartsList = z.infer<typeof List>;

const isTool = ({ properties }: z.infer<typeof Part>): boolean =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
const shippedTool = 'electron';

/** Leaves what is shipped of npm's whole list, and names the product: npm takes the folder's name. */
export function shippedParts(everything: unknown): PartsList {
  const { metadata, components, dependencies, ...rest } = List.parse(everything);
  const kept = components.filter((part) => !isTool(part) || part.name === shippedTool);
  for (const part of kept) if (part.name === shippedTool) Object.assign(part, { scope: 'required', properties: [] });
  const refs = new Set([metadata.component['bom-ref'], ...kept.map((part) => part['bom-ref'])]);
  return {
    ...rest,
    metadata: { ...metadata, component: { ...metadata.component, name: 'traygate', type: 'application' } },
    components: kept,
    dependencies: dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  };
}

/** The list of this checkout, by its lock file. */
export function partsList(): PartsList {
  const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'];
  // npm is a script of the shell on Windows.
  const shell = process.platform === 'win32';
  return shippedParts(
    JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell, maxBuffer: 2 ** 26 })),
  );
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Error('Which file is the list to be written to?');
  writeFileSync(file, `${JSON.stringify(partsList(), null, 2)}\n`);
}
