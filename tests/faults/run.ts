/**
 * `npm run test:faults`: every case of docs/reliability.md that needs no browser, P0 and P1. First the cases that run against
 * the whole product, then those that are proved elsewhere.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { helpIfAsked } from '../help.ts';
import { groups } from './list/all.ts';
import { testsById } from './list/tests.ts';

helpIfAsked(`
npm run test:faults

Every case of docs/reliability.md that needs no browser, P0 and P1: first those that run against the whole product, then those
that are proved elsewhere. One file: TRAYGATE_FAULTS=all node --test tests/faults/a-broken.test.ts`);
const root = path.join(import.meta.dirname, '../..');
const ids = new Set(groups.flatMap(({ rows }) => rows.map(({ id }) => id)));
const files = new Set([...testsById()].flatMap(([id, where]) => (ids.has(id) ? where : [])));
const elsewhere = [...files].filter((file) => file.endsWith('.test.ts') && !file.startsWith('tests/faults/'));

function run(title: string, args: readonly string[]): number {
  console.log(`\n— ${title}`);
  const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=2', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TRAYGATE_FAULTS: 'all' },
  });
  return status ?? 1;
}

const failed = [
  run('Faults against the running gateway', ['tests/faults/*.test.ts']),
  run('Faults that are proved elsewhere', ['--test-name-pattern=F\\d{3}', ...elsewhere]),
].some((status) => status !== 0);
process.exit(failed ? 1 : 0);
