import { createHash } from 'node:crypto';
import path from 'node:path';
import { extractFile, getRawHeader } from '@electron/asar';
import { z } from 'zod';

const Integrity = z.object({
  algorithm: z.literal('SHA256'),
  hash: z.string(),
  blockSize: z.number(),
  blocks: z.array(z.string()),
});
const File = z.object({ size: z.number(), integrity: Integrity });
type File = z.infer<typeof File>;
interface Folder {
  readonly files: Record<string, File | Folder>;
}
const Folder: z.ZodType<Folder> = z.object({ files: z.record(z.string(), z.union([File, z.lazy(() => Folder)])) });

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function flat({ files }: Folder, below: string): [name: string, file: File][] {
  return Object.entries(files).flatMap(([name, entry]): [string, File][] =>
    'files' in entry ? flat(entry, `${below}${name}/`) : [[`${below}${name}`, entry]],
  );
}

/** Each file of an archive, as its header describes it; one without hashes is an error. */
export const archiveFiles = (archive: string): [name: string, file: File][] =>
  flat(Folder.parse(getRawHeader(archive).header), '');

/** The files whose bytes are not those that the header promises. */
export function damagedFiles(archive: string): string[] {
  return archiveFiles(archive).flatMap(([name, { size, integrity }]) => {
    const bytes = extractFile(archive, path.normalize(name));
    const blocks = integrity.blocks.map((_, index) =>
      sha256(bytes.subarray(index * integrity.blockSize, (index + 1) * integrity.blockSize)),
    );
    const isWhole =
      bytes.length === size && sha256(bytes) === integrity.hash && blocks.join() === integrity.blocks.join();
    return isWhole ? [] : [name];
  });
}

/** What the executable is told to expect, on macOS and Windows. */
export const headerHash = (archive: string): string => sha256(getRawHeader(archive).headerString);
