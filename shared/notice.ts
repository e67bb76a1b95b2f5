import { z } from 'zod';
import { ProviderId } from './provider.ts';

/** A name out of a request, a schema or an answer; what keeps the record redacts and cuts it. */
const word = z.string().max(100);
const limit = z.number().int();
const provider = ProviderId;

function notice<C extends string, V extends z.ZodRawShape>(code: C, values: V) {
  return z.object({ code: z.literal(code), ...values });
}

/**
 * All that can be said about a request beyond its outcome: what was dropped, changed or not kept to. A code with its values;
 * the window has the words, in every language (renderer/i18n/<language>/notices.ts).
 */
export const Notice = z.discriminatedUnion('code', [
  // The request has something that nobody here, or not this provider, can do.
  notice('field_ignored', { field: word }),
  notice('field_ignored_by', { field: word, provider }),
  notice('part_ignored', { part: word, type: word }),
  notice('tools_switched_off', {}),
  notice('tool_choice_without_tools', {}),
  notice('tool_choice_not_function', {}),
  notice('tool_choice_not_enforced', { provider }),
  notice('format_not_enforced', { provider }),
  notice('effort_without_thinking', {}),
  notice('effort_ignored', { model: word }),
  notice('compaction_ignored', {}),
  notice('reasoning_sealed', {}),
  notice('reasoning_reference', {}),
  notice('reasoning_signed', {}),
  notice('images_unseen', { model: word }),
  notice('image_by_address', { provider }),

  // Tool calls that are found in the text of an answer.
  notice('call_not_made', {}),
  notice('call_of_tool_not_made', { tool: word }),
  notice('call_unknown_tool', {}),
  notice('call_left_out', { tool: word }),
  notice('calls_left_out', { limit }),
  notice('call_too_long', { limit }),
  notice('call_incomplete', {}),
  notice('call_unclosed', {}),
  notice('arguments_unreadable', { tool: word }),
  notice('arguments_missing', { tool: word, property: word }),
  notice('arguments_surplus', { tool: word, property: word }),
  notice('arguments_mistyped', { tool: word, at: word, found: word, wanted: word }),

  // JSON that was asked for.
  notice('json_not_made', {}),
  notice('json_missing', { property: word }),
  notice('json_surplus', { property: word }),
  notice('json_mistyped', { at: word, found: word, wanted: word }),
  notice('schema_without_sample', {}),

  // Thinking that this provider cannot be asked for, or be given back.
  notice('thinking_unsigned', { provider }),
  notice('thinking_not_offered', { model: word }),
  notice('thinking_always_on', { model: word }),
  notice('thinking_off_history', { provider }),
  notice('thinking_off_forced_tool', { provider }),
  notice('thinking_off_limit', { provider }),
  notice('field_adjusted', { field: word, provider }),

  // What a provider did on the way.
  notice('sent_unknown_part', { provider, type: word }),
  notice('stop_reason_unknown', { provider, reason: word }),
  notice('turn_paused', { provider }),
  notice('sent_after_end', { provider }),
  notice('sent_unknown_text', { provider }),
  notice('rewrote_text', { provider }),
  notice('asked_again_version', { provider }),
  notice('asked_again_signature', { provider }),
  notice('asked_again_chat', { provider }),
  notice('asked_again_session', { provider }),
]);
export type Notice = z.infer<typeof Notice>;
export type NoticeCode = Notice['code'];

/** A row of another version may have a sentence here, or a code that this one does not know; both stay readable. */
export const KeptNotice = z
  .discriminatedUnion('code', [Notice, z.object({ code: z.literal('text'), text: z.string() })])
  .catch(({ value }) => ({
    code: 'text' as const,
    text: (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 300),
  }));
export type KeptNotice = z.infer<typeof KeptNotice>;

/** Why the next attempt was or was not made. */
export const decisionCodes = [
  'next_credential',
  'same_credential',
  'next_provider',
  'client_left',
  'answer_begun',
  'attempts_used',
  'retries_spent',
  'same_failure',
  'no_credential_left',
] as const;
export type DecisionCode = (typeof decisionCodes)[number];
