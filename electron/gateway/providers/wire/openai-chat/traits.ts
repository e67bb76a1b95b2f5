import type { ReasoningEffort } from '../../../chat/request.ts';
import type { TargetOf } from '../shared/target.ts';

/** Fields that a service may refuse; they are left out with a notice. */
export type Refusable =
  | 'temperature'
  | 'top_p'
  | 'max_tokens'
  | 'seed'
  | 'presence_penalty'
  | 'frequency_penalty'
  | 'parallel_tool_calls'
  | 'stream_options'
  | 'strict'
  | 'name';

/**
 * How thinking is asked for; several forms may be sent together. `effort`: `reasoning_effort`. `switch`:
 * `thinking: {type}`. `flag`: `enable_thinking`. `template`: `chat_template_kwargs`. `reasoning`: `reasoning: {effort, enabled}`.
 */
export type ThinkingForm = 'effort' | 'switch' | 'flag' | 'template' | 'reasoning';

type Range = readonly [least: number, most: number];

/**
 * What a service behind Chat Completions takes, where services and models differ. With these an adapter is data: what a
 * service refuses is left out or brought into its range, with a notice on the exchange, never sent to be refused.
 */
export interface Traits {
  /** The field that limits the answer. */
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens';
  /** The role of developer messages. */
  readonly developer: 'system' | 'developer';
  /** `user`: there is no system role of use; its words go before the first user message. */
  readonly system: 'system' | 'user';
  /** `text`: content is always a string. */
  readonly content: 'parts' | 'text';
  readonly images: boolean;
  /** The field of an assistant message that takes its earlier reasoning back; `none`: reasoning is not sent. */
  readonly reasoningBack: 'reasoning_content' | 'reasoning' | 'none';
  readonly temperature: Range;
  readonly topP: Range;
  /** The most stop words. */
  readonly stops: number;
  readonly tools: boolean;
  /** `auto`: nothing can be forced. */
  readonly toolChoice: 'all' | 'auto';
  readonly formats: readonly ('json-object' | 'json-schema')[];
  readonly refuses: readonly Refusable[];
  readonly thinking: readonly ThinkingForm[];
  /** Whether `thinking.clear_thinking` is taken. */
  readonly preserves: boolean;
  /** Whether thinking can be switched off. */
  readonly thinkingOff: boolean;
  /** The service's words for efforts; without `none`, an effort cannot switch thinking off. */
  readonly efforts: Readonly<Partial<Record<ReasoningEffort, string>>>;
  /** The field for the client's own id of its user, with the lengths it may have. */
  readonly user: { readonly field: string; readonly length: Range } | null;
  /** Fields and a tool that switch web search on; null: there is none. */
  readonly search: { readonly fields?: Readonly<Record<string, unknown>>; readonly tool?: object } | null;
  /** Fields of every request with tools of the client. */
  readonly withTools: Readonly<Record<string, unknown>>;
  /** Fields of every request. */
  readonly extra: Readonly<Record<string, unknown>>;
  /** Whether a client's own body may be handed on as it is, if it holds nothing that would have to be changed. */
  readonly forward: boolean;
  /**
   * Reasoning inside the text. `tagged`: an answer that begins with `<think>` reasons up to `</think>`. `unopened`: it
   * reasons up to `</think>` from its first character, tag or not; an answer without that mark is plain.
   */
  readonly inlineThinking: 'none' | 'tagged' | 'unopened';
  /** What of this the service itself is known to want; the rest is the common case. */
  readonly stated: ReadonlySet<string>;
}

export const commonTraits: Traits = {
  maxTokens: 'max_tokens',
  developer: 'system',
  system: 'system',
  content: 'parts',
  images: true,
  reasoningBack: 'none',
  temperature: [0, 2],
  topP: [0, 1],
  stops: Number.POSITIVE_INFINITY,
  tools: true,
  toolChoice: 'all',
  formats: ['json-object', 'json-schema'],
  refuses: [],
  thinking: ['effort'],
  preserves: false,
  thinkingOff: true,
  efforts: { minimal: 'minimal', low: 'low', medium: 'medium', high: 'high', max: 'high' },
  user: { field: 'user', length: [1, 512] },
  search: null,
  withTools: {},
  extra: {},
  forward: true,
  inlineThinking: 'tagged',
  stated: new Set(),
};

/** What is known of a service beforehand: for all its models, or by model. */
export type KnownTraits = Partial<Omit<Traits, 'stated'>>;
export type ServiceTraits = KnownTraits | ((upstreamId: string) => KnownTraits);

/** OpenAI's reasoning models refuse what their older ones take, wherever they are served. */
function byName(upstreamId: string): Partial<Traits> {
  if (!/^(?:openai\/)?(?:o\d|gpt-5)(?!.*chat)/i.test(upstreamId)) return {};
  const newer = /gpt-5\.\d/i.test(upstreamId);
  return {
    maxTokens: 'max_completion_tokens',
    developer: 'developer',
    refuses: ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty'],
    efforts: newer ? { ...commonTraits.efforts, none: 'none' } : commonTraits.efforts,
  };
}

/** The traits of one model: its name, then what is known of its service. */
export function traitsOf(upstreamId: string, service: ServiceTraits = {}): Traits {
  const known = typeof service === 'function' ? service(upstreamId) : service;
  return { ...commonTraits, ...byName(upstreamId), ...known, stated: new Set(Object.keys(known)) };
}

/** Whom a request is written for. */
export type Target = TargetOf<Traits>;
