import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { icns, ico } from './icon-containers.ts';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const pictures = new Map(
  [16, 32, 64, 128, 256, 512, 1024].map((size) => [size, Buffer.concat([signature, Buffer.alloc(size)])]),
);

test('every picture of an .ico lies where its directory says', () => {
  const file = ico(pictures, [16, 256]);
  assert.equal(file.readUInt16LE(4), 2);
  for (const [index, size] of [16, 256].entries()) {
    const entry = 6 + 16 * index;
    assert.equal(file.readUInt8(entry), size % 256);
    const length = file.readUInt32LE(entry + 8);
    const offset = file.readUInt32LE(entry + 12);
    assert.deepEqual(file.subarray(offset, offset + length), pictures.get(size));
  }
});

test('an .icns is a chain that ends where the file does', () => {
  const file = icns(pictures);
  assert.equal(file.toString('latin1', 0, 4), 'icns');
  assert.equal(file.readUInt32BE(4), file.length);
  const types: string[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    types.push(file.toString('latin1', at, at + 4));
    assert.deepEqual(file.subarray(at + 8, at + 16), signature);
  }
  assert.ok(types.includes('ic07') && types.includes('ic10'));
});

test('a missing size is an error, not a hole', () => assert.throws(() => ico(pictures, [24]), /24 pixels/));

test('the kept icons are what they are called', () => {
  const read = (name: string) => readFileSync(path.join(import.meta.dirname, name));
  assert.deepEqual(read('icon.png').subarray(0, 8), signature);
  assert.equal(read('icon.png').readUInt32BE(16), 1024);
  assert.equal(read('icon.ico').readUInt16LE(2), 1);
  assert.equal(read('icon.icns').toString('latin1', 0, 4), 'icns');
});
