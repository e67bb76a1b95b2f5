import { pipeline, type Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

const flush = constants.Z_SYNC_FLUSH;

/** One decoder per content coding; each hands over what it has at every flush, so a compressed stream still streams. */
const decoders: Record<string, () => Transform> = {
  gzip: () => createGunzip({ flush, finishFlush: flush }),
  'x-gzip': () => createGunzip({ flush, finishFlush: flush }),
  deflate: () => createInflate({ flush, finishFlush: flush }),
  br: () =>
    createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  zstd: () => createZstdDecompress({ finishFlush: constants.ZSTD_e_flush }),
};

/** The body without its content coding; destroying the result destroys the source, and with it the upstream socket. */
export function decoded(body: Readable, coding: string | undefined): Readable {
  const decoder = coding && decoders[coding.trim().toLowerCase()]?.();
  if (!decoder) return body;
  // The pipeline's own callback has nothing to add: an error reaches the reader through the decoder.
  pipeline(body, decoder, () => {});
  return decoder;
}

/** Reads a body as text, at most `limit` bytes (default 64 KiB); the rest is not fetched. */
export async function readText(body: Readable, limit = 65_536): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit).toString('utf8');
}
