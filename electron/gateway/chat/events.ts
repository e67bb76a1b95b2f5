import type { ChatError } from './errors.ts';

/** Token counts; a field the provider did not report is absent, never zero. */
export interface Usage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly totalTokens?: number;
  readonly cachedTokens?: number;
  readonly reasoningTokens?: number;
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter';

/**
 * The canonical answer stream. Grammar: any number of text / reasoning / citation / usage events and tool calls
 * (start, deltas, end; calls may interleave by index), then exactly one `finish` or one `error`, then nothing.
 */
export type ChatEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string; readonly signature?: string }
  | { readonly type: 'tool-call-start'; readonly index: number; readonly id: string; readonly name: string }
  | { readonly type: 'tool-call-delta'; readonly index: number; readonly arguments: string }
  | { readonly type: 'tool-call-end'; readonly index: number }
  | { readonly type: 'citation'; readonly index: number; readonly url: string; readonly title?: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  /**
   * What the provider itself sent, in the client's own dialect: whole frames of the stream, or the whole JSON body. The
   * client gets this text; the other events of the answer only tell the exchange what it holds. Never without
   * `ProviderCall.original`.
   */
  | { readonly type: 'verbatim'; readonly text: string }
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | { readonly type: 'error'; readonly error: ChatError };

/** Whether an event carries something the client would show: after the first of these no attempt may be repeated. */
export function isContent(event: ChatEvent): boolean {
  return (
    event.type === 'text' ||
    event.type === 'reasoning' ||
    event.type === 'tool-call-start' ||
    event.type === 'tool-call-delta'
  );
}
