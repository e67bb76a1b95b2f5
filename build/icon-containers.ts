/** Pictures by their size in pixels, as PNG files; both containers may hold them as they are. */
export type Pictures = ReadonlyMap<number, Buffer>;

function pick(pictures: Pictures, size: number): Buffer {
  const png = pictures.get(size);
  if (png === undefined) throw new Error(`No picture of ${size} pixels`);
  return png;
}

/** Windows: a directory of 16 bytes per picture, then the pictures. A side of 256 is written as 0. */
export function ico(pictures: Pictures, sizes: readonly number[]): Buffer {
  const header = Buffer.alloc(6 + 16 * sizes.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(sizes.length, 4);
  let offset = header.length;
  for (const [index, size] of sizes.entries()) {
    const png = pick(pictures, size);
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...sizes.map((size) => pick(pictures, size))]);
}

/** The types that take PNG, with the pixels each stands for; `@2x` ones repeat a size under another name. */
const icnsTypes = {
  icp4: 16,
  icp5: 32,
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
};
export const icnsSizes = [...new Set(Object.values(icnsTypes))];

/** macOS: a chain of type, length, picture; lengths include their own eight bytes. */
export function icns(pictures: Pictures): Buffer {
  return chunk(
    'icns',
    Buffer.concat(Object.entries(icnsTypes).map(([type, size]) => chunk(type, pick(pictures, size)))),
  );
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}
