import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { StartError } from '../gateway/shell.ts';
import { writeSafely } from '../gateway/storage/safe-write.ts';

const PlainKey = z.object({ backend: z.literal('file'), key: z.base64() });
const SealedKey = z.object({ backend: z.string().min(1), sealed: z.base64() });
const SavedKey = z.union([PlainKey, SealedKey]);
export type SealedKey = z.infer<typeof SealedKey>;
export type SavedKey = z.infer<typeof SavedKey>;

/** Null when there is none yet. One that cannot be read is not none: creating another would orphan every token. */
export function readSavedKey(file: string): SavedKey | null {
  try {
    return SavedKey.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new StartError(
      'secret_key_unavailable',
      `${file} is damaged or cannot be read. Restore it from a backup.`,
      78,
    );
  }
}

export function writeSavedKey(file: string, saved: SavedKey): void {
  writeSafely(file, JSON.stringify(saved));
}
