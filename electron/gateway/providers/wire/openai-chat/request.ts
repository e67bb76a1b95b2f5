import type { ChatRequest } from '../../../chat/request.ts';
import { adjusted, ignored } from '../shared/target.ts';
import { conversation } from './messages.ts';
import { samplingFields } from './sampling.ts';
import { thinkingFields } from './thinking.ts';
import { toolFields } from './tools.ts';
import type { Target } from './traits.ts';

export type Body = Readonly<Record<string, unknown>>;

function formatFields({ responseFormat: format }: ChatRequest, target: Target): Body {
  if (format.type === 'text') return {};
  const { formats } = target.traits;
  if (format.type === 'json-schema' && formats.includes('json-schema')) {
    const { name, schema, strict } = format;
    return { response_format: { type: 'json_schema', json_schema: { name, schema, strict } } };
  }
  // The nearest the service has: JSON, though not of this form.
  if (format.type === 'json-schema' || !formats.includes('json-object'))
    target.warn({ code: 'format_not_enforced', provider: target.model.provider });
  return formats.includes('json-object') ? { response_format: { type: 'json_object' } } : {};
}

function userFields({ user }: ChatRequest, target: Target): Body {
  const taken = target.traits.user;
  if (user === undefined || user === '') return {};
  if (!taken || user.length < taken.length[0]) {
    ignored(target, 'user');
    return {};
  }
  if (user.length > taken.length[1]) adjusted(target, 'user');
  return { [taken.field]: user.slice(0, taken.length[1]) };
}

function searchFields({ search }: ChatRequest, target: Target): Body {
  if (!search) return {};
  if (!target.traits.search) ignored(target, 'web_search');
  return target.traits.search?.fields ?? {};
}

/** The body of `POST /chat/completions`, asked for as a stream. Throws ChatError `images_not_supported`. */
export function encodeRequest(request: ChatRequest, target: Target): Body {
  const { traits, model } = target;
  return {
    model: model.upstreamId,
    messages: conversation(request.messages, target),
    stream: true,
    ...(!traits.refuses.includes('stream_options') && { stream_options: { include_usage: true } }),
    ...toolFields(request, target),
    ...samplingFields(request, target),
    ...thinkingFields(request, target),
    ...formatFields(request, target),
    ...searchFields(request, target),
    ...userFields(request, target),
    ...traits.extra,
  };
}
