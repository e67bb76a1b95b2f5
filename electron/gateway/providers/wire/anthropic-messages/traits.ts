import type { TargetOf } from '../shared/target.ts';

/**
 * What a service behind the Messages API takes, where services and models differ. Everything that is not taken is left out
 * with a notice on the exchange, never sent to be refused.
 */
export interface Traits {
  /**
   * How the model is asked to think. `budget`: `{type: "enabled", budget_tokens}`. `adaptive`: `{type: "adaptive"}` with
   * `output_config.effort`. `switch`: on or off without degrees. `none`: there is no setting.
   */
  readonly thinking: 'budget' | 'adaptive' | 'switch' | 'none';
  /** Whether `{type: "disabled"}` is accepted. */
  readonly thinkingOff: boolean;
  /** Whether earlier thinking may come back without a signature. */
  readonly unsignedThinking: boolean;
  /** Whether a turn of tool calls must begin with its thinking while thinking is on. */
  readonly thinkingBeforeCalls: boolean;
  /** Whether it may think while `tool_choice` forces a call. */
  readonly thinkingWhenForced: boolean;
  /** `one`: temperature or top_p, not both. */
  readonly sampling: 'both' | 'one' | 'none';
  /** The most stop sequences. */
  readonly stops: number;
  readonly tools: boolean;
  /** `auto`: only whether to call is up to the model; nothing can be forced. */
  readonly toolChoice: 'all' | 'auto';
  readonly images: boolean;
  /** Whether an image may be given by its address. */
  readonly imageAddresses: boolean;
  /** Whether `metadata.user_id` is taken. */
  readonly user: boolean;
  /** `max_tokens` where neither the client nor the catalogue says a number. */
  readonly defaultMaxTokens: number;
}

const common: Traits = {
  thinking: 'budget',
  thinkingOff: true,
  unsignedThinking: false,
  thinkingBeforeCalls: false,
  thinkingWhenForced: true,
  sampling: 'both',
  stops: Number.POSITIVE_INFINITY,
  tools: true,
  toolChoice: 'all',
  images: true,
  imageAddresses: true,
  user: true,
  defaultMaxTokens: 8_192,
};

/** What a service says of one model in its catalogue. */
export type Stated = Partial<Pick<Traits, 'thinking' | 'thinkingOff' | 'images'>>;

/** What is known of a service beforehand: for all its models, or by model. */
export type ServiceTraits = Partial<Traits> | ((upstreamId: string) => Partial<Traits>);

/** `claude-opus-4-7`, `claude-sonnet-4-20250514`, `claude-3-7-sonnet-latest`, `anthropic/claude-4.7-opus`. */
const version = /claude-(?:[a-z]+-)?(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/i;

/** Claude's generations differ in what they refuse; models of others are asked in the oldest form that thinks. */
function byName(upstreamId: string): Partial<Traits> {
  const found = version.exec(upstreamId);
  if (!found) return {};
  const number = Number(found[1]) + Number(found[2] ?? 0) / 100;
  const claude = { thinkingWhenForced: false } as const;
  if (number >= 4.07) return { ...claude, thinking: 'adaptive', sampling: 'none' };
  if (number >= 4.06) return { ...claude, thinking: 'adaptive', sampling: 'one' };
  if (number >= 3.07) return { ...claude, thinkingBeforeCalls: true, sampling: number > 4 ? 'one' : 'both' };
  return { thinking: 'none', thinkingOff: false };
}

/** The traits of one model: its name, then what its service's catalogue states, then what is known of the service. */
export function traitsOf(upstreamId: string, service: ServiceTraits = {}, stated: Stated = {}): Traits {
  const known = typeof service === 'function' ? service(upstreamId) : service;
  return { ...common, ...byName(upstreamId), ...stated, ...known };
}

/** Whom a request is written for. */
export type Target = TargetOf<Traits>;
