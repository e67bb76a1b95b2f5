type Nullish<T> = null extends T ? true : undefined extends T ? true : false;

/** The same members without null and undefined: nullable ones become optional. */
export type Present<T> = { [K in keyof T as Nullish<T[K]> extends true ? never : K]: T[K] } & {
  [K in keyof T as Nullish<T[K]> extends true ? K : never]?: NonNullable<T[K]>;
};

/** Drops members that are null or undefined, so that "not said" and "said null" look the same from here on. */
export function present<T extends object>(fields: T): Present<T> {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets the names it was given
  return Object.fromEntries(kept) as Present<T>;
}
