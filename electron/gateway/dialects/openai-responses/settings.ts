import type { CallNames } from './call-names.ts';
import type { Body } from './schema.ts';

/** What the answer must know of its request. */
export interface AnswerSettings {
  readonly names: CallNames;
  /** Without it the thinking is only in `encrypted_content`. */
  readonly summaries: boolean;
  /** The members of a response that repeat the request. */
  readonly echo: object;
  /** Takes the finished items of a finished answer, unless the client wants nothing stored. */
  readonly keep?: (items: readonly object[]) => void;
}

/**
 * What a response says about its request. `instructions` and `tools` are not repeated: Codex sends 40 kB of them with each
 * request, they would come back three times in each stream, and no client is known that reads them.
 */
export function echoOf(body: Body): object {
  const { reasoning, text } = body;
  const summary = reasoning?.summary;
  return {
    background: false,
    instructions: null,
    max_output_tokens: body.max_output_tokens ?? null,
    max_tool_calls: null,
    metadata: body.metadata ?? {},
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: null,
    prompt_cache_key: body.prompt_cache_key ?? null,
    reasoning: { effort: reasoning?.effort ?? null, summary: typeof summary === 'string' ? summary : null },
    safety_identifier: body.safety_identifier ?? null,
    service_tier: 'default',
    store: false,
    temperature: body.temperature ?? null,
    text: { format: text?.format ?? { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: [],
    top_logprobs: 0,
    top_p: body.top_p ?? null,
    truncation: 'disabled',
    user: body.user ?? null,
  };
}
