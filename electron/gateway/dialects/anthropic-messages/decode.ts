import type { z } from 'zod';
import type { Notice } from '../../../../shared/notice.ts';
import { ChatError } from '../../chat/errors.ts';
import type { ChatRequest } from '../../chat/request.ts';
import { checkBounds } from '../shared/bounds.ts';
import { clampTokens, isObject } from '../shared/fields.ts';
import { present } from '../shared/present.ts';
import { invalidBody, unexplained } from '../shared/problem.ts';
import { decodeMessages } from './messages.ts';
import { Body, CountBody } from './schema.ts';
import { ThreadRefusal } from './thread.ts';
import { decodeTools } from './tools.ts';
import { decodeFormat, decodeThinking, displayOf, ignoredFields, type ThinkingDisplay } from './wishes.ts';

export interface DecodedBody {
  readonly request: ChatRequest;
  readonly stream: boolean;
  readonly display: ThinkingDisplay;
  readonly warnings: readonly Notice[];
}

function parse<T>(raw: unknown, schema: z.ZodType<T>): { body: T; raw: Readonly<Record<string, unknown>> } {
  if (!isObject(raw)) throw new ChatError('invalid_json', 'The body must be a JSON object.');
  checkBounds(raw);
  if (raw['thread'] !== null && raw['thread'] !== undefined) throw new ThreadRefusal();
  const parsed = schema.safeParse(raw, { error: () => unexplained });
  if (!parsed.success) throw invalidBody(parsed.error);
  return { body: parsed.data, raw };
}

function requestOf(body: Body, warnings: Notice[]): ChatRequest {
  const { tools, choice, parallel, search } = decodeTools(body, warnings);
  const stop = (body.stop_sequences ?? []).filter((text) => text !== '');
  return present({
    model: body.model,
    messages: decodeMessages(body, warnings),
    tools,
    toolChoice: choice,
    parallelToolCalls: parallel,
    sampling: present({
      temperature: body.temperature,
      topP: body.top_p,
      maxTokens: clampTokens(body.max_tokens),
      stop: stop.length > 0 ? stop : undefined,
    }),
    thinking: decodeThinking(body, warnings),
    search,
    responseFormat: decodeFormat(body),
    user: body.metadata?.user_id,
  });
}

/** Throws ChatError `invalid_json` (not an object), `too_complex`, or `invalid_parameter` with `param`. */
export function decodeBody(input: unknown): DecodedBody {
  const { body, raw } = parse(input, Body);
  const warnings = ignoredFields(raw);
  return { request: requestOf(body, warnings), stream: body.stream ?? false, display: displayOf(body), warnings };
}

/** The body of count_tokens: the same without `max_tokens`, and the messages may be empty or missing. */
export function decodeCount(input: unknown): ChatRequest {
  const { body } = parse(isObject(input) ? { messages: [], ...input } : input, CountBody);
  return requestOf(body, []);
}
