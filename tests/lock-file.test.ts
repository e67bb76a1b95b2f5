import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).optional(), resolved: z.string().optional() }),
  ),
});
const { packages } = Lock.parse(
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../package-lock.json'), 'utf8')),
);
const nameOf = (place: string): string => place.split('node_modules/').at(-1) ?? place;

// npm writes a lock file without them when the registry has not got them yet, and `npm ci` then refuses it.
test('the lock file holds the parts of every platform', () => {
  const held = new Set(Object.keys(packages).map(nameOf));
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !held.has(name))
      .map((name) => `${nameOf(place)} → ${name}`),
  );
  assert.deepEqual(missing, []);
});

test('the lock file names no host', () =>
  assert.ok(Object.values(packages).every(({ resolved }) => resolved === undefined)));
