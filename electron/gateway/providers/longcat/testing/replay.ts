import assert from 'node:assert/strict';
import { add, nothing, type Result } from '../../wire/shared/testing/ask.ts';
import { LongCatParser, type ParserOptions } from '../stream/parser.ts';

/** What a client would have of one answer whose bytes come in these pieces. */
export function replay(pieces: Iterable<Uint8Array>, options: Partial<ParserOptions> = {}): Result {
  const result = nothing();
  const parser = new LongCatParser({
    delivery: 'stream',
    now: () => 0,
    warn: (notice) => result.notices.push(notice),
    ...options,
  });
  for (const piece of pieces) for (const event of parser.push(piece)) add(result, event);
  for (const event of parser.end()) add(result, event);
  assert.ok(result.finish !== undefined || result.error !== undefined, 'an answer has an end');
  return result;
}

export function* sliced(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
