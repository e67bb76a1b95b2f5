import type { ChatRequest, Tool } from '../../../chat/request.ts';
import { ignored } from '../shared/target.ts';
import type { Target } from './traits.ts';

export interface ToolFields {
  readonly tools?: readonly object[];
  readonly tool_choice?: object;
}

function toolBody({ name, description, parameters }: Tool): object {
  const schema = parameters['type'] === undefined ? { type: 'object', properties: {}, ...parameters } : parameters;
  return { name, ...(description && { description }), input_schema: schema };
}

function choiceBody({ toolChoice, parallelToolCalls }: ChatRequest, target: Target): object | undefined {
  const single = parallelToolCalls === false ? { disable_parallel_tool_use: true } : {};
  const forced = toolChoice.type === 'required' || toolChoice.type === 'tool';
  if (target.traits.toolChoice === 'auto') {
    if (forced) target.warn({ code: 'tool_choice_not_enforced', provider: target.model.provider });
    if (parallelToolCalls === false) ignored(target, 'parallel_tool_calls');
    return undefined;
  }
  if (toolChoice.type === 'tool') return { type: 'tool', name: toolChoice.name, ...single };
  if (toolChoice.type === 'none') return { type: 'none' };
  if (forced) return { type: 'any', ...single };
  return parallelToolCalls === false ? { type: 'auto', ...single } : undefined;
}

export function toolFields(request: ChatRequest, target: Target): ToolFields {
  const { tools, toolChoice } = request;
  if (tools.length === 0) return {};
  if (!target.traits.tools) {
    ignored(target, 'tools');
    return {};
  }
  // Where nothing can be forbidden, nothing is offered.
  if (toolChoice.type === 'none' && target.traits.toolChoice === 'auto') return {};
  const choice = choiceBody(request, target);
  return { tools: tools.map(toolBody), ...(choice && { tool_choice: choice }) };
}
