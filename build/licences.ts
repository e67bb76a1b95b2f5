/**
 * Which licences the packages have that go into what is shipped, by the lock file. `npm run licences` prints them and fails when one is
 * not among those that allow it.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ license: z.string().optional(), dev: z.boolean().optional(), devOptional: z.boolean().optional() }),
  ),
});

/** They let the product be shipped under its own licence when their text goes along. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  // Of argparse, for the command line of js-yaml, which is not in what is shipped.
  'Python-2.0',
  'Unlicense',
]);

export interface Licensed {
  readonly name: string;
  readonly licence: string;
  readonly isAllowed: boolean;
}

/** The packages of a lock file that are not only for development. A choice such as `(MIT OR GPL-3.0)` counts as its best part. */
export function licencesOf(lock: string): Licensed[] {
  return Object.entries(Lock.parse(JSON.parse(lock)).packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path, { license = 'none' }]) => {
      const choices = license.replace(/^\(|\)$/g, '').split(' OR ');
      return {
        name: path.replace(/^.*node_modules\//, ''),
        licence: license,
        isAllowed: choices.some((one) => allowed.has(one)),
      };
    });
}

if (import.meta.main) {
  const found = licencesOf(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  for (const [licence, of] of Object.entries(Object.groupBy(found, (one) => one.licence)))
    console.log(`${licence}: ${of?.length ?? 0}`);
  const refused = found.filter(({ isAllowed }) => !isAllowed);
  for (const { name, licence } of refused) console.error(`${name}: ${licence} is not among the allowed ones`);
  process.exitCode = refused.length === 0 ? 0 : 1;
}
