import type { ModelInfo } from '../../../../shared/model.ts';
import type { Notice } from '../../../../shared/notice.ts';
import { typesIn } from '../json/schema.ts';
import type { ChatRequest } from '../request.ts';
import type { Plan } from '../reshape.ts';
import { askForJson } from './ask.ts';
import { JsonStripper } from './strip.ts';
import { JsonWhole } from './whole.ts';

export interface JsonOptions {
  readonly model: Pick<ModelInfo, 'jsonMode'>;
  readonly delivery: 'stream' | 'whole';
  readonly warn: (notice: Notice) => void;
}

/** `response_format` for a model whose provider has none: asked for in words, and seen to in the answer. */
export function planJson(request: ChatRequest, { model, delivery, warn }: JsonOptions): Plan {
  const format = request.responseFormat;
  if (format.type === 'text' || model.jsonMode !== 'injected') return { request, reshape: undefined };
  const schema = format.type === 'json-schema' ? format.schema : { type: 'object' };
  const types = typesIn(schema);
  // A schema of a single word or number: nothing to find the beginning and the end by.
  const bracketed = types.length === 0 || types.includes('object') || types.includes('array');
  const opening = types.includes('array') && !types.includes('object') ? '[' : '{';
  return {
    request: askForJson(request, format),
    reshape: bracketed
      ? () => {
          const reader = delivery === 'whole' ? new JsonWhole(opening, schema, warn) : new JsonStripper(opening, warn);
          return (events) => reader.push(events);
        }
      : undefined,
  };
}
