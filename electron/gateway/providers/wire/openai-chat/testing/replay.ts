import assert from 'node:assert/strict';
import { modelNamed, nothing, add, type Result } from '../../shared/testing/ask.ts';
import { refusalError } from '../errors.ts';
import type { Source } from '../source.ts';
import { ChatParser } from '../stream.ts';
import { traitsOf, type KnownTraits, type Target } from '../traits.ts';
import type { Notice } from '../../../../../../shared/notice.ts';

const encoder = new TextEncoder();
export const bytes = (text: string): Uint8Array => encoder.encode(text);

/** Frames of a stream, each given as its JSON. */
export const sse = (...frames: readonly (object | string)[]): string =>
  frames.map((frame) => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`).join('');

/** A frame whose choice holds this delta. */
export const delta = (changes: object, finishReason: string | null = null, more: object = {}): object => ({
  choices: [{ index: 0, delta: changes, finish_reason: finishReason }],
  ...more,
});

/** One answer through the parser, in these pieces. */
export function replay(pieces: Iterable<Uint8Array>, options: Partial<Source> = {}): Result {
  const result = nothing();
  let ids = 0;
  const parser = new ChatParser({
    provider: 'acme',
    name: 'Acme',
    delivery: 'stream',
    verbatim: 'no',
    inlineThinking: 'none',
    warn: (notice) => result.notices.push(notice),
    failure: (body) => refusalError({ status: 200, body, now: 0 }, 'Acme'),
    newId: () => `call_${(ids += 1)}`,
    ...options,
  });
  for (const piece of pieces) for (const event of parser.push(piece)) add(result, event);
  for (const event of parser.end()) add(result, event);
  assert.ok(result.finish !== undefined || result.error !== undefined, 'an answer has an end');
  assert.ok(parser.over);
  return result;
}

export const replayText = (text: string, options: Partial<Source> = {}): Result => replay([bytes(text)], options);

/** Whom a request is written for, with what was said about it. */
export function targetWith(traits: KnownTraits = {}, model = modelNamed('m')): Target & { readonly notices: Notice[] } {
  const notices: Notice[] = [];
  return { model, traits: traitsOf(model.upstreamId, traits), warn: (notice) => notices.push(notice), notices };
}
