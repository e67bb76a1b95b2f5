import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

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
