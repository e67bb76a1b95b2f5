import type { ModelInfo } from '../../../../shared/model.ts';
import type { Notice } from '../../../../shared/notice.ts';
import type { ChatRequest } from '../request.ts';
import type { Plan } from '../reshape.ts';
import { askForJson } from './ask.ts';
import { holdJson } from './hold.ts';

export interface JsonOptions {
  readonly model: Pick<ModelInfo, 'jsonMode'>;
  readonly warn: (notice: Notice) => void;
}

/** `response_format` for a model whose provider has none: asked for in words, and seen to in the answer. */
export function planJson(request: ChatRequest, { model, warn }: JsonOptions): Plan {
  const format = request.responseFormat;
  if (format.type === 'text' || model.jsonMode !== 'injected') return { request, reshape: undefined };
  const schema = format.type === 'json-schema' ? format.schema : { type: 'object' };
  return { request: askForJson(request, format), reshape: () => holdJson(schema, warn) };
}
