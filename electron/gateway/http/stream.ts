import type { ServerResponse } from 'node:http';
import { ChatError, toChatError } from '../chat/errors.ts';
import type { StreamEncoder } from '../dialects/dialect.ts';
import type { Pour } from '../providers/provider.ts';
import { outlet, writeChunk } from './chunk.ts';

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
};
/** Looks within the time of silence after which a comment is sent. */
const ticks = 3;

export interface StreamOptions {
  readonly response: ServerResponse;
  readonly encoder: StreamEncoder;
  readonly signal: AbortSignal;
  /** Milliseconds without a byte after which a comment is sent, so that no idle timer on the way ends the stream. */
  readonly keepAliveMs?: number;
  /** Milliseconds a client may take no byte at all before it counts as gone. */
  readonly stallMs?: number;
}

/**
 * The pump: encodes each canonical batch as it is handed over, writes once, and asks to wait while the client is slower than
 * the provider. Headers wait for the first bytes, so that a failure before them is a real HTTP status: such an error is
 * thrown. A failure after them ends the stream with the dialect's error frame and is returned. Null: all went well.
 */
export async function pump(pour: Pour, options: StreamOptions): Promise<ChatError | null> {
  const { response, encoder, signal, keepAliveMs = 10_000, stallMs = 60_000 } = options;
  let quiet = 0;
  const write = (text: string): boolean => {
    quiet = 0;
    if (response.headersSent) return writeChunk(response, text);
    response.writeHead(200, headers);
    return response.write(text);
  };
  // Counts ticks since the last byte: cheaper than asking for the time at every one.
  const keepAlive = setInterval(() => {
    quiet += 1;
    if (quiet > ticks && !outlet(response).writableNeedDrain) write(encoder.keepAlive());
  }, keepAliveMs / ticks);
  try {
    await pour((batch) => {
      const text = encoder.push(batch);
      return text === '' || write(text) ? undefined : drained(response, signal, stallMs);
    });
    response.end();
    return null;
  } catch (thrown) {
    const error = toChatError(thrown);
    if (!response.headersSent) throw error;
    if (!response.destroyed) response.end(encoder.fail(error));
    return error;
  } finally {
    clearInterval(keepAlive);
  }
}

/** Resolves when the client has taken what was written; rejects when it leaves, or takes nothing for `stallMs`. */
function drained(response: ServerResponse, signal: AbortSignal, stallMs: number): Promise<void> {
  const source = outlet(response);
  return new Promise((resolve, reject) => {
    const settle = (error?: ChatError) => {
      clearTimeout(stalled);
      source.off('drain', settle);
      signal.removeEventListener('abort', left);
      if (error) reject(error);
      else resolve();
    };
    const left = () => settle(signal.reason instanceof ChatError ? signal.reason : stopped());
    const stalled = setTimeout(() => {
      response.destroy();
      settle(stopped());
    }, stallMs);
    source.on('drain', settle);
    if (signal.aborted) left();
    else signal.addEventListener('abort', left);
  });
}

const stopped = (): ChatError => new ChatError('client_closed', 'The client stopped reading.');
