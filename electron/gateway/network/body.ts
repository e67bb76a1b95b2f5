import { Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { Ending } from './incoming.ts';
import type { TakeBytes } from './network.ts';

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

/** What undoes a content coding; undefined for none, and for one that is unknown. */
export function decoderFor(coding: string | undefined): Transform | undefined {
  return coding === undefined ? undefined : decoders[coding.trim().toLowerCase()]?.();
}

/** Bytes as a stream; destroying it calls `close`. */
export function streamOf(pour: (take: TakeBytes) => Promise<Ending>, close: () => void): Readable {
  let more = () => {};
  const readable = new Readable({
    read: () => more(),
    destroy(error, done) {
      close();
      done(error);
    },
  });
  const room = (resolve: (enough: boolean) => void) => {
    more = () => resolve(false);
  };
  pour((bytes) => (readable.push(bytes) ? false : new Promise(room))).then(
    ({ error }) => (error === undefined ? readable.push(null) : readable.destroy(error)),
    (error: Error) => readable.destroy(error),
  );
  return readable;
}
