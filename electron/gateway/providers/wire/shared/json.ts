/** Narrowing of what the site sends: nothing in it is trusted to have a shape. */

export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value when it is a text with something in it. */
export function textIn(record: Json, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' && value ? value : undefined;
}

export function recordIn(record: Json, key: string): Json {
  const value = record[key];
  return isRecord(value) ? value : {};
}

export function listIn(record: Json, key: string): readonly unknown[] | undefined {
  const value = record[key];
  return Array.isArray(value) ? value : undefined;
}
