import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../../fixtures/zai/transcripts/', import.meta.url);

/** `frames`: one write per frame; a number or list: so many bytes per write, also inside a character. */
export type Chunking = 'whole' | 'frames' | number | readonly number[];

export interface TranscriptOptions {
  readonly chunking?: Chunking;
  readonly crlf?: boolean;
  /** Adds a trailing `[DONE]`. */
  readonly doneMarker?: boolean;
  readonly brotli?: boolean;
}

/** Names without extension, e.g. `01-plain-answer`. */
export function transcriptNames(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sse'))
    .map((name) => name.slice(0, -4))
    .toSorted();
}

export function transcriptBytes(name: string, options: TranscriptOptions = {}): Buffer {
  let text = readFileSync(new URL(`${name}.sse`, folder), 'utf8');
  if (options.doneMarker && !text.includes('data: [DONE]')) text += 'data: [DONE]\n\n';
  if (options.crlf) text = text.replaceAll('\n', '\r\n');
  return Buffer.from(text);
}

export function slices(bytes: Buffer, chunking: Chunking = 'frames'): Buffer[] {
  if (chunking === 'whole') return [bytes];
  if (chunking === 'frames')
    return bytes
      .toString()
      .split(/(?<=\n\r?\n)/)
      .map((piece) => Buffer.from(piece));
  const sizes = typeof chunking === 'number' ? [chunking] : chunking;
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}
