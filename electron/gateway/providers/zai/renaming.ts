import { modelTable, renamingVariables } from './model-table.ts';

/** Variable → the name it gives to its model. */
export type ModelNames = Readonly<Partial<Record<string, string>>>;

/** New public names, by the usual one in lower case. */
export function newNames(modelNames: ModelNames): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(modelNames).flatMap(([variable, name]) => {
      const renamed = renamingVariables[variable];
      return renamed && name ? [[renamed.toLowerCase(), name] as const] : [];
    }),
  );
}

/** One sentence when two models would have the same name, because then one of them could not be asked. */
export function renamingClash(modelNames: ModelNames): string | undefined {
  const names = newNames(modelNames);
  const taken = new Map<string, string>();
  for (const { name } of modelTable) {
    const shown = names.get(name.toLowerCase()) ?? name;
    const other = taken.get(shown.toLowerCase());
    if (other !== undefined) {
      const causes = Object.keys(modelNames).filter((variable) =>
        [name, other].some((model) => model === renamingVariables[variable]),
      );
      return `${other} and ${name} would both be called ${shown} (${causes.join(', ')}), and one of them could not be asked. Choose another name.`;
    }
    taken.set(shown.toLowerCase(), name);
  }
  return undefined;
}
