import { readFileSync } from 'node:fs';

/** A text file of whatever editor: UTF-8, or UTF-16 as some on Windows write it. */
export function readText(file: string): string {
  const bytes = readFileSync(file);
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes);
}
