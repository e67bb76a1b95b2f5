import type { Notice } from '../../../../shared/notice.ts';
import { ChatError } from '../../chat/errors.ts';
import type { ChatRequest, Message, ReasoningEffort, ResponseFormat } from '../../chat/request.ts';
import { checkBounds } from '../shared/bounds.ts';
import { clampTokens, isObject } from '../shared/fields.ts';
import { present } from '../shared/present.ts';
import { invalidParameter } from '../shared/problem.ts';
import { ignoredFields } from './ignored.ts';
import { InputDecoder } from './input.ts';
import { parse } from './parse.ts';
import type { OwnItems } from './recall.ts';
import { refuseStored } from './refused.ts';
import { Body, type EffortWord, type FormatBody } from './schema.ts';
import { type AnswerSettings, echoOf } from './settings.ts';
import { decodeTools, type ToolWish } from './tools.ts';

export interface DecodedBody {
  readonly request: ChatRequest;
  readonly stream: boolean;
  readonly warnings: readonly Notice[];
  readonly settings: AnswerSettings;
}

function responseFormat(format: FormatBody | null | undefined): ResponseFormat {
  if (!format || format.type === 'text') return { type: 'text' };
  if (format.type === 'json_object') return { type: 'json-object' };
  return {
    type: 'json-schema',
    name: format.name ?? 'response',
    schema: format.schema,
    strict: format.strict ?? false,
  };
}

function level(effort: EffortWord | null | undefined): ReasoningEffort | undefined {
  if (!effort || effort === 'auto' || effort === 'default') return undefined;
  return effort === 'xhigh' || effort === 'ultra' ? 'max' : effort;
}

function thinking(body: Body): ChatRequest['thinking'] {
  const effort = level(body.reasoning?.effort);
  return effort && { enabled: effort !== 'none', effort };
}

function messagesOf(body: Body, { names }: ToolWish, warnings: Notice[], own: OwnItems): readonly Message[] {
  const input = new InputDecoder(names, warnings, (id) => own.find(id));
  if (typeof body.input === 'string') input.add({ role: 'user', content: body.input }, 0);
  else for (const [place, item] of body.input.entries()) input.add(item, place);
  if (body.input.length === 0 || input.messages.length === 0)
    throw invalidParameter('input', 'must hold at least one message');
  return body.instructions
    ? [{ role: 'system', content: [{ type: 'text', text: body.instructions }] }, ...input.messages]
    : input.messages;
}

/** Throws ChatError `invalid_json` (not an object), `too_complex`, or `invalid_parameter` with `param`. */
export function decodeBody(raw: unknown, own: OwnItems): DecodedBody {
  if (!isObject(raw)) throw new ChatError('invalid_json', 'The body must be a JSON object.');
  checkBounds(raw, 'input');
  refuseStored(raw);
  const body = parse(Body, raw);

  const warnings = ignoredFields(raw);
  const wish = decodeTools(body, warnings);
  const stop = (typeof body.stop === 'string' ? [body.stop] : (body.stop ?? [])).filter((text) => text !== '');
  const request: ChatRequest = present({
    model: body.model,
    messages: messagesOf(body, wish, warnings, own),
    tools: wish.tools,
    toolChoice: wish.choice,
    parallelToolCalls: body.parallel_tool_calls,
    sampling: present({
      temperature: body.temperature,
      topP: body.top_p,
      maxTokens: clampTokens(body.max_output_tokens),
      stop: stop.length > 0 ? stop : undefined,
    }),
    thinking: thinking(body),
    search: wish.search,
    responseFormat: responseFormat(body.text?.format),
    user: body.user ?? body.safety_identifier,
  });
  return {
    request,
    stream: body.stream ?? false,
    warnings,
    settings: present({
      names: wish.names,
      summaries: body.reasoning?.summary !== 'none',
      echo: echoOf(body),
      keep: raw['store'] === false ? undefined : (items: readonly object[]) => own.keep(items),
    }),
  };
}
