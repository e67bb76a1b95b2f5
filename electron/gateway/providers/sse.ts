import { createParser } from 'eventsource-parser';
import { ChatError } from '../chat/errors.ts';

export interface SseLimits {
  /** Longest line, in characters (default 1 MiB). */
  readonly maxLine?: number;
  /** Longest event, all its lines together (default 8 MiB). */
  readonly maxEvent?: number;
}

/** Bytes of an event stream in, its data out; synchronous and linear in the bytes read. */
export interface SseReader {
  /** Throws ChatError `upstream_protocol` when a limit is passed. */
  push(bytes: Uint8Array): void;
  /** Hands over an event whose last blank line is missing; what it says is still whole. */
  end(): void;
}

const tooLong = (): ChatError => new ChatError('upstream_protocol', 'The provider sent an event beyond all measure.');

/**
 * Follows the HTML standard: UTF-8 decoded across chunk borders, a byte order mark dropped, lines ended by LF, CR LF or
 * CR and by nothing else (U+2028 and its kin are text), several `data:` lines of one event joined with LF.
 *
 * CR is turned into LF before the parser sees it, because eventsource-parser looks for the next LF anew for each line
 * that ends with CR, which is quadratic for a stream that has none.
 */
export function createSseReader(limits: SseLimits, onData: (data: string, event?: string) => void): SseReader {
  const { maxLine = 1 << 20, maxEvent = 8 << 20 } = limits;
  const decoder = new TextDecoder();
  let lineLength = 0;
  let endedWithCr = false;
  const parser = createParser({
    maxBufferSize: maxEvent,
    onEvent: (event) => onData(event.data, event.event),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw tooLong();
    },
  });

  function withoutCr(text: string): string {
    const start = endedWithCr && text.startsWith('\n') ? 1 : 0;
    endedWithCr = text.endsWith('\r');
    const rest = start === 1 ? text.slice(1) : text;
    return rest.includes('\r') ? rest.replaceAll(/\r\n?/g, '\n') : rest;
  }

  function feed(decoded: string): void {
    if (!decoded) return;
    const text = withoutCr(decoded);
    const last = text.lastIndexOf('\n');
    const first = last === -1 ? text.length : text.indexOf('\n');
    if (lineLength + first > maxLine) throw tooLong();
    lineLength = last === -1 ? lineLength + text.length : text.length - last - 1;
    parser.feed(text);
  }

  return {
    push: (bytes) => feed(decoder.decode(bytes, { stream: true })),
    end: () => {
      feed(decoder.decode());
      parser.feed('\n\n');
    },
  };
}
