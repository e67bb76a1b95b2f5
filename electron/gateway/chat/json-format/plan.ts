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

/** `response_format` for a model whose provider has none, or none for schemas: asked for in words, and seen to in the answer. */
export function planJson(request: ChatRequest, { model, warn }: JsonOptions): Plan {
  const format = request.responseFormat;
  const whole = model.jsonMode === 'injected' || (model.jsonMode === 'object' && format.type === 'json-schema');
  if (format.type === 'text' || !whole) return { request, reshape: undefined };
  const schema = format.type === 'json-schema' ? format.schema : { type: 'object' };
  const asked = askForJson(request, format);
  // The field makes it an object, which not every schema allows.
  const isObject = model.jsonMode === 'object' && schema['type'] === 'object';
  return {
    request: isObject ? { ...asked, responseFormat: { type: 'json-object' } } : asked,
    reshape: () => holdJson(schema, warn),
  };
}
