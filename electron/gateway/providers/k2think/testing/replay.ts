import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { add, nothing, type Result } from '../../wire/shared/testing/ask.ts';
import { failureOfFrame } from '../errors.ts';
import { K2ThinkParser, type ParserOptions } from '../stream/parser.ts';

const encoder = new TextEncoder();
export const bytes = (text: string): Uint8Array => encoder.encode(text);

/** Frames of a stream, each given as its JSON. */
export const sse = (...frames: readonly (object | string)[]): string =>
  frames.map((frame) => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`).join('');

export const piece = (content: string): object => ({
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
});

/** One answer through the parser, in these pieces. */
export function replay(pieces: Iterable<Uint8Array>, options: Partial<ParserOptions> = {}): Result {
  const result = nothing();
  const parser = new K2ThinkParser({
    inlineThinking: 'unopened',
    delivery: 'stream',
    warn: (notice) => result.notices.push(notice),
    failure: (body) => failureOfFrame(body, undefined),
    ...options,
  });
  for (const part of pieces) for (const event of parser.push(part)) add(result, event);
  for (const event of parser.end()) add(result, event);
  assert.ok(result.finish !== undefined || result.error !== undefined, 'an answer has an end');
  assert.ok(parser.over);
  return result;
}

export const replayText = (text: string, options: Partial<ParserOptions> = {}): Result =>
  replay([bytes(text)], options);

/** What stays the same however the bytes are cut. */
export const gist = ({ text, reasoning, usage, finish, error, notices }: Result) => ({
  text,
  reasoning,
  usage,
  finish,
  error: error?.code,
  notices: notices.map(({ code }) => code),
});

const folder = new URL('../../../../../tests/fixtures/k2think/', import.meta.url);

export const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown;

/** The transcripts by name, without extension. */
export const transcripts = (): readonly { name: string; text: string; expected: unknown }[] =>
  readdirSync(new URL('transcripts/', folder))
    .filter((name) => name.endsWith('.sse'))
    .toSorted()
    .map((file) => {
      const name = file.slice(0, -4);
      const text = readFileSync(new URL(`transcripts/${file}`, folder), 'utf8');
      return { name, text, expected: fixture(`transcripts/${name}.expected.json`) };
    });
