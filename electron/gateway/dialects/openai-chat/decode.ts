import type { Notice } from '../../../../shared/notice.ts';
import type { ChatRequest, ResponseFormat, Sampling } from '../../chat/request.ts';
import type { ThinkingMode } from '../../chat/thinking.ts';
import { ChatError } from '../../chat/errors.ts';
import { checkBounds } from '../shared/bounds.ts';
import { ignoredFields } from './ignored.ts';
import { MessageDecoder } from './messages.ts';
import { present } from '../shared/present.ts';
import { clampTokens, isObject } from '../shared/fields.ts';
import { invalidBody, unexplained } from '../shared/problem.ts';
import { Body, type ResponseFormatBody } from './schema.ts';
import { decodeTools } from './tools.ts';
import { decodeForm, decodeSearch, decodeThinking } from './wishes.ts';

export interface DecodedBody {
  readonly request: ChatRequest;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly form: ThinkingMode | undefined;
  readonly warnings: readonly Notice[];
}

function responseFormat(format: ResponseFormatBody | null | undefined): ResponseFormat {
  if (!format || format.type === 'text') return { type: 'text' };
  if (format.type === 'json_object') return { type: 'json-object' };
  const { name, schema, strict } = format.json_schema;
  return { type: 'json-schema', name: name ?? 'response', schema: schema ?? {}, strict: strict ?? false };
}

function sampling(body: Body): Sampling {
  const limit = body.max_completion_tokens ?? body.max_tokens;
  const stop = (typeof body.stop === 'string' ? [body.stop] : (body.stop ?? [])).filter((text) => text !== '');
  return present({
    temperature: body.temperature,
    topP: body.top_p,
    maxTokens: clampTokens(limit),
    stop: stop.length > 0 ? stop : undefined,
    seed: body.seed,
    presencePenalty: body.presence_penalty,
    frequencyPenalty: body.frequency_penalty,
  });
}

/** Throws ChatError `invalid_json` (not an object), `too_complex`, or `invalid_parameter` with `param`. */
export function decodeBody(raw: unknown): DecodedBody {
  if (!isObject(raw)) throw new ChatError('invalid_json', 'The body must be a JSON object.');
  checkBounds(raw);
  const parsed = Body.safeParse(raw, { error: () => unexplained });
  if (!parsed.success) throw invalidBody(parsed.error);
  const body = parsed.data;

  const warnings = ignoredFields(raw);
  const messages = new MessageDecoder();
  const { tools, choice, search } = decodeTools(body, warnings);
  const request: ChatRequest = present({
    model: body.model,
    messages: body.messages.map((message, place) => messages.decode(message, place)),
    tools,
    toolChoice: choice,
    parallelToolCalls: body.parallel_tool_calls,
    sampling: sampling(body),
    thinking: decodeThinking(body),
    search: decodeSearch(body) ?? search,
    responseFormat: responseFormat(body.response_format),
    user: body.user ?? body.safety_identifier,
  });
  return {
    request,
    stream: body.stream ?? false,
    includeUsage: body.stream_options?.include_usage ?? false,
    form: decodeForm(body),
    warnings,
  };
}
