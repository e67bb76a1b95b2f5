import type { Request } from 'express';
import type { Dialect } from '../dialects/dialect.ts';

/**
 * Whose client is calling: by the path, else by what marks a dialect, else the first one. Everything that answers (also the
 * guard, and the 404 of a path that does not exist) speaks to it in its own words.
 */
export function dialectOf(
  dialects: readonly [Dialect, ...Dialect[]],
  rootPath: string,
): (request: Pick<Request, 'path' | 'headers'>) => Dialect {
  const owners = dialects.flatMap((dialect) => dialect.paths.map((path) => [path, dialect] as const));
  return ({ path, headers }) => {
    const below = path.toLowerCase().slice(path.startsWith(rootPath) ? rootPath.length : 0);
    const owner = owners.find(([own]) => below === own || below.startsWith(`${own}/`))?.[1];
    if (owner) return owner;
    const marked = dialects.find(({ marks }) => marks && (below.startsWith(marks.prefix) || marks.header in headers));
    return marked ?? dialects[0];
  };
}
