/** `node build/package-check/fuses.ts PROGRAM...` fails unless the fuses of all are as electron-builder.yml wants them. */
import assert from 'node:assert/strict';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { configuration } from './configuration.ts';

/** The fuses of an executable by the names electron-builder has for them; true is on. */
export async function fusesOf(executable: string): Promise<Record<string, boolean>> {
  const wire = await getCurrentFuseWire(executable);
  return Object.fromEntries(
    Object.entries(FuseV1Options).flatMap(([name, index]) =>
      typeof index === 'number'
        ? [[name.charAt(0).toLowerCase() + name.slice(1), String.fromCharCode(Number(wire[index])) === '1']]
        : [],
    ),
  );
}

if (import.meta.main) {
  const programs = process.argv.slice(2);
  assert.ok(programs.length > 0, 'No program is named');
  for (const program of programs) assert.deepEqual(await fusesOf(program), configuration.electronFuses, program);
  console.log(`As configured: ${programs.join(', ')}`);
}
