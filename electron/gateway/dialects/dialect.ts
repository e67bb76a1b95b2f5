import type { ChatError } from '../chat/errors.ts';
import type { ChatEvent } from '../chat/events.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { ThinkingMode } from '../chat/thinking.ts';
import type { ModelInfo } from '../../../shared/model.ts';
import type { DialectId } from '../../../shared/exchange.ts';
import type { Notice } from '../../../shared/notice.ts';

/** Identity of one answer, chosen before the first byte. */
export interface AnswerHead {
  /** Unique per exchange, without the dialect's prefix. */
  readonly id: string;
  /** The model name as the client wrote it. */
  readonly model: string;
  /** Unix seconds. */
  readonly created: number;
}

/** What a decoder makes of one body. */
export interface Decoded {
  readonly request: ChatRequest;
  readonly stream: boolean;
  /** How the body wants its reasoning, if it says so; goes before the setting. */
  readonly thinking?: ThinkingMode | undefined;
  /** Things in the body that were understood but not honoured; they appear on the exchange. */
  readonly warnings: readonly Notice[];
  encoder(head: AnswerHead): StreamEncoder;
  collector(head: AnswerHead): ReplyCollector;
}

/** One entry of the list of models: a name that can be asked for, and the model that then answers. */
export interface Listing {
  readonly name: string;
  readonly model: ModelInfo;
}

/** Events to wire text; pure and synchronous. `push` gives '' when nothing is to be sent. */
export interface StreamEncoder {
  push(events: readonly ChatEvent[]): string;
  /** The frame that ends a broken stream; nothing follows it. */
  fail(error: ChatError): string;
  /** What keeps an idle connection open. */
  keepAlive(): string;
}

/** Events to one reply body. */
export interface ReplyCollector {
  push(events: readonly ChatEvent[]): void;
  reply(): unknown;
}

/** Something asked with a POST that is answered without a provider, e.g. how many tokens a request has. */
export interface Question {
  readonly paths: readonly string[];
  /** Throws ChatError. */
  answer(body: unknown): unknown;
}

export interface Dialect {
  readonly id: DialectId;
  /** POST paths below the root; the doubled and bare forms clients use are listed too. */
  readonly paths: readonly string[];
  /** Parses a JSON body; `clientKey` names the key it came with. Throws ChatError `invalid_parameter` with `param`. */
  decode(body: unknown, clientKey?: string | null): Decoded;
  readonly questions?: readonly Question[];
  /** What tells a client of this dialect on paths that several have in common: a header it always sends, a folder of its own. */
  readonly marks?: { readonly header: string; readonly prefix: string };
  /** Headers that say something of the request, in lower case; they go with it to a provider of the same dialect. */
  readonly headers?: readonly string[];
  /** A second name for `x-request-id` that its clients read. */
  readonly requestIdHeader?: string;
  errorBody(error: ChatError, requestId: string): unknown;
  /** The HTTP status, where the dialect has another word for it than the table of errors. */
  errorStatus?(error: ChatError): number;
}
