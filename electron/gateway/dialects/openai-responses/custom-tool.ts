/** Free-form tools for models that know only functions: the text becomes the one argument of a function, and back. */
import type { Tool } from '../../chat/request.ts';
import { isObject } from '../shared/fields.ts';
import type { CustomTool } from './tool-schema.ts';

export function asFunction(tool: CustomTool): Tool {
  const { syntax, definition } = tool.format ?? {};
  const grammar = definition ? `The input must match this ${syntax ?? ''} grammar:\n${definition}` : '';
  return {
    name: tool.name,
    description: [tool.description, grammar].filter(Boolean).join('\n\n'),
    parameters: {
      type: 'object',
      properties: { input: { type: 'string', description: 'The whole input, as plain text.' } },
      required: ['input'],
      additionalProperties: false,
    },
  };
}

export function asArguments(input: string): string {
  return JSON.stringify({ input });
}

/** What the model wrote without the function around it. A model that left out the wrapping meant the text itself. */
export function inputOf(written: string): string {
  try {
    const value: unknown = JSON.parse(written);
    if (typeof value === 'string') return value;
    if (!isObject(value)) return written;
    if (typeof value['input'] === 'string') return value['input'];
    return Object.keys(value).length === 0 ? '' : written;
  } catch {
    return written;
  }
}
