import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');
/** The name of a test or case: what follows the opening of its declaration. */
const named =
  /\b(?:test|it|describe|fault|suite)(?:\.\w+)?\(\s*(['"`])((?:(?!\1).)*)\1(?:,\s*'P\d',\s*(['"`])((?:(?!\3).)*)\3)?/g;

/** Where each id of the list stands in the name of a test: id → files, below the root. */
export function testsById(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const folder of ['electron', 'shared', 'renderer', 'build', 'tests']) {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(?:test|spec)\.tsx?$/.test(entry.name)) continue;
      const file = path.join(entry.parentPath, entry.name);
      for (const [, , name = '', , what = ''] of readFileSync(file, 'utf8').matchAll(named))
        for (const [id] of `${name} ${what}`.matchAll(/F\d{3}/g))
          found.set(id, (found.get(id) ?? new Set()).add(path.relative(root, file).replaceAll('\\', '/')));
    }
  }
  return new Map([...found].map(([id, files]) => [id, [...files].toSorted()]));
}
