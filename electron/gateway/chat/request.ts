/**
 * The canonical chat request: what every dialect decodes to and every provider encodes from.
 * It keeps whatever a dialect can say; a provider that cannot honour something drops it there, with a warning on the exchange.
 */

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

export interface ImagePart {
  readonly type: 'image';
  /** A `data:` URL or an http(s) URL, exactly as the client sent it. */
  readonly url: string;
  readonly detail?: string;
}

export interface ReasoningPart {
  readonly type: 'reasoning';
  readonly text: string;
  readonly signature?: string;
}

export interface ToolCallPart {
  readonly type: 'tool-call';
  readonly id: string;
  readonly name: string;
  /** JSON text as the model wrote it; may be empty or broken in a client's history. */
  readonly arguments: string;
}

export interface ToolResultPart {
  readonly type: 'tool-result';
  /** The id of the call this answers. */
  readonly id: string;
  readonly name?: string;
  readonly content: readonly (TextPart | ImagePart)[];
  readonly isError: boolean;
}

export type Part = TextPart | ImagePart | ReasoningPart | ToolCallPart | ToolResultPart;

export type Role = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

export interface Message {
  readonly role: Role;
  readonly content: readonly Part[];
  readonly name?: string;
}

export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments object. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly strict?: boolean;
}

export type ToolChoice =
  | { readonly type: 'auto' }
  | { readonly type: 'none' }
  | { readonly type: 'required' }
  | { readonly type: 'tool'; readonly name: string };

export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json-object' }
  | {
      readonly type: 'json-schema';
      readonly name: string;
      readonly schema: Readonly<Record<string, unknown>>;
      readonly strict: boolean;
    };

export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'max';

export interface Sampling {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
}

export interface ChatRequest {
  /** The model name as the client wrote it. */
  readonly model: string;
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly sampling: Sampling;
  /** `undefined`: the model's default decides. */
  readonly thinking?: {
    readonly enabled?: boolean;
    readonly effort?: ReasoningEffort;
    /** Whether the thinking of all earlier answers stays in sight of the model; `undefined`: the service's own habit. */
    readonly preserve?: boolean;
  };
  /** Whether the provider may search the web; `undefined`: the model's default decides. */
  readonly search?: boolean;
  readonly responseFormat: ResponseFormat;
  /** The client's own id for its end user, if it sent one. */
  readonly user?: string;
  /** What the fields above no longer say, where tools were written into the messages (chat/tools/inject.ts). */
  readonly injected?: {
    /** Tools that may be called. */
    readonly tools: readonly string[];
    /** The last words of the user: results of tools are not. */
    readonly userText: string;
  };
}

/** The text parts of a message, joined by `separator`. */
export function textOf(parts: readonly Part[], separator = '\n'): string {
  return parts
    .filter((part): part is TextPart => part.type === 'text')
    .map((part) => part.text)
    .join(separator);
}

/**
 * The text of the last user message that has any, or '' when there is none. A single text part is taken as it is;
 * several are joined with a blank and trimmed, as the vendors' web pages do.
 */
export function lastUserText(messages: readonly Message[]): string {
  for (const message of messages.toReversed()) {
    if (message.role !== 'user') continue;
    const texts = message.content.flatMap((part) => (part.type === 'text' && part.text ? [part.text] : []));
    const text = texts.length === 1 && message.content.length === 1 ? (texts[0] ?? '') : texts.join(' ').trim();
    if (text) return text;
  }
  return '';
}
