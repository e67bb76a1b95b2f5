import { isTable, type Path, read, type Step } from '../edit/path.ts';
import type { Pointer } from './client.ts';

/** The tables below a path, each with its own path: of a table by its keys, of a list by the name of its items. */
export function below(document: unknown, path: Path, by: string): Path[] {
  const container = read(document, path);
  if (Array.isArray(container)) {
    return container.flatMap((item): Path[] => {
      const name: unknown = isTable(item) ? item[by] : undefined;
      return typeof name === 'string' ? [[...path, { by, is: name }]] : [];
    });
  }
  return isTable(container) ? Object.keys(container).map((name): Path => path.concat([name])) : [];
}

/** Pointers below a path: `url` and `key` are what the two are called there. */
export const pointersBelow =
  (path: Path, by: string, url: readonly Step[], key: readonly Step[]) =>
  (document: unknown): Pointer[] =>
    below(document, path, by)
      .map((place) => ({ url: [...place, ...url], key: [...place, ...key] }))
      .filter((pointer) => typeof read(document, pointer.url) === 'string');
