import { json } from './json.ts';
import type { Path, Value } from './path.ts';
import { toml } from './toml.ts';
import { yaml } from './yaml.ts';

/**
 * A text format whose values can be changed one by one. An editor changes as few characters as it can, and may be wrong
 * about unusual files: `change.ts` parses every result and accepts only the one that was meant.
 */
export interface Format {
  /** Throws when the text is not valid. Empty text is an empty document. */
  parse(text: string): unknown;
  set(text: string, path: Path, value: Value): string;
  remove(text: string, path: Path): string;
}

export const formats = { json, yaml, toml } as const satisfies Record<string, Format>;
export type FormatName = keyof typeof formats;
