import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { ChatError, toChatError } from '../chat/errors.ts';
import type { ChatEvent } from '../chat/events.ts';
import type { StreamEncoder } from '../dialects/dialect.ts';

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
 * The pump: one loop that takes the canonical batches, encodes each, writes once and waits while the client is slower than
 * the provider. Headers wait for the first bytes, so that a failure before them is a real HTTP status: such an error is
 * thrown. A failure after them ends the stream with the dialect's error frame and is returned. Null: all went well.
 */
export async function pump(
  batches: AsyncIterable<readonly ChatEvent[]>,
  options: StreamOptions,
): Promise<ChatError | null> {
  const { response, encoder, signal, keepAliveMs = 15_000, stallMs = 60_000 } = options;
  let lastWrite = performance.now();
  const write = (text: string): boolean => {
    if (!response.headersSent) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache',
        'x-accel-buffering': 'no',
      });
    }
    lastWrite = performance.now();
    return response.write(text);
  };
  const keepAlive = setInterval(() => {
    if (performance.now() - lastWrite >= keepAliveMs && !response.writableNeedDrain) write(encoder.keepAlive());
  }, keepAliveMs / 3);
  try {
    for await (const batch of batches) {
      const text = encoder.push(batch);
      if (text && !write(text)) await drained(response, signal, stallMs);
    }
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

async function drained(response: ServerResponse, signal: AbortSignal, stallMs: number): Promise<void> {
  const stalled = AbortSignal.timeout(stallMs);
  try {
    await once(response, 'drain', { signal: AbortSignal.any([signal, stalled]) });
  } catch {
    if (!signal.aborted) response.destroy();
    throw signal.reason instanceof ChatError
      ? signal.reason
      : new ChatError('client_closed', 'The client stopped reading.');
  }
}
