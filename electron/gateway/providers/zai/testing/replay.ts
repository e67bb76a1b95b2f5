import assert from 'node:assert/strict';
import type { Notice } from '../../../../../shared/notice.ts';
import type { ErrorCode } from '../../../chat/errors.ts';
import type { ChatEvent, FinishReason, Usage } from '../../../chat/events.ts';
import { ZaiParser, type ParserOptions } from '../stream/parser.ts';

/** What a client would have in the end. */
export interface Replayed {
  content: string;
  reasoning: string;
  readonly calls: { id: string; name: string; arguments: string; ended: boolean }[];
  readonly citations: { index: number; url: string; title?: string }[];
  usage: Usage | undefined;
  finish: FinishReason | undefined;
  error: ErrorCode | undefined;
  readonly warnings: Notice[];
  events: number;
}

/** Adds up events and checks their grammar: calls are started before they go on, and nothing follows the end. */
export function add(result: Replayed, event: ChatEvent): void {
  assert.ok(result.finish === undefined && result.error === undefined, 'nothing follows the end');
  result.events += 1;
  const callAt = (index: number) => {
    const call = result.calls[index] ?? assert.fail('the call was not started');
    assert.ok(!call.ended, 'the call has ended');
    return call;
  };
  switch (event.type) {
    case 'text':
      assert.notEqual(event.text, '');
      result.content += event.text;
      break;
    case 'reasoning':
      assert.notEqual(event.text, '');
      result.reasoning += event.text;
      break;
    case 'tool-call-start':
      assert.equal(event.index, result.calls.length);
      result.calls.push({ id: event.id, name: event.name, arguments: '', ended: false });
      break;
    case 'tool-call-delta':
      callAt(event.index).arguments += event.arguments;
      break;
    case 'tool-call-end':
      callAt(event.index).ended = true;
      break;
    case 'citation':
      result.citations.push({
        index: event.index,
        url: event.url,
        ...(event.title !== undefined && { title: event.title }),
      });
      break;
    case 'usage':
      assert.equal(result.usage, undefined, 'usage comes once');
      result.usage = event.usage;
      break;
    case 'verbatim':
      assert.fail('nothing is handed on as it is');
      break;
    case 'finish':
      assert.ok(
        result.calls.every((call) => call.ended),
        'calls end before the answer',
      );
      result.finish = event.reason;
      break;
    case 'error':
      result.error = event.error.code;
      break;
  }
}

export const nothing = (): Replayed => ({
  content: '',
  reasoning: '',
  calls: [],
  citations: [],
  usage: undefined,
  finish: undefined,
  error: undefined,
  warnings: [],
  events: 0,
});

export function replay(pieces: Iterable<Uint8Array>, options: Partial<ParserOptions> = {}): Replayed {
  const result = nothing();
  let ids = 0;
  const parser = new ZaiParser({
    tools: [],
    delivery: 'stream',
    newId: () => `call_${(ids += 1)}`,
    now: () => 0,
    warn: (notice) => result.warnings.push(notice),
    ...options,
  });
  for (const piece of pieces) for (const event of parser.push(piece)) add(result, event);
  for (const event of parser.end()) add(result, event);
  assert.ok(result.finish !== undefined || result.error !== undefined, 'an answer has an end');
  return result;
}

/** Bytes of frames, each given as its `data`. */
export function bytesOf(frames: readonly object[]): Uint8Array {
  const lines = frames.map((data) => `data: ${JSON.stringify({ type: 'chat:completion', data })}\n\n`);
  return new TextEncoder().encode(lines.join(''));
}

export const framesOf = (...frames: readonly object[]): Uint8Array => bytesOf(frames);
