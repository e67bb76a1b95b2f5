import type { ChatRequest, Tool } from '../../../chat/request.ts';
import { ignored } from '../shared/target.ts';
import type { Target } from './traits.ts';

function toolBody({ name, description, parameters, strict }: Tool, target: Target): object {
  // Without properties, some services refuse the schema of a tool that takes nothing.
  const schema = parameters['type'] === undefined ? { type: 'object', properties: {}, ...parameters } : parameters;
  const kept = strict !== undefined && !target.traits.refuses.includes('strict');
  return {
    type: 'function',
    function: { name, ...(description && { description }), parameters: schema, ...(kept && { strict }) },
  };
}

function choice({ toolChoice }: ChatRequest, target: Target): Readonly<Record<string, unknown>> {
  if (toolChoice.type === 'auto') return {};
  if (target.traits.toolChoice === 'auto') {
    target.warn({ code: 'tool_choice_not_enforced', provider: target.model.provider });
    return {};
  }
  const named = toolChoice.type === 'tool' && { type: 'function', function: { name: toolChoice.name } };
  return { tool_choice: named || toolChoice.type };
}

function parallel({ parallelToolCalls }: ChatRequest, target: Target): Readonly<Record<string, unknown>> {
  if (parallelToolCalls === undefined) return {};
  if (!target.traits.refuses.includes('parallel_tool_calls')) return { parallel_tool_calls: parallelToolCalls };
  if (!parallelToolCalls) ignored(target, 'parallel_tool_calls');
  return {};
}

/** The tools with all that says how they may be called; the service's own search is one of them where it is a tool. */
export function toolFields(request: ChatRequest, target: Target): Readonly<Record<string, unknown>> {
  const { traits } = target;
  const search = request.search && traits.search?.tool ? [traits.search.tool] : [];
  // Where a call cannot be forbidden, nothing is offered.
  const silent = request.toolChoice.type === 'none' && traits.toolChoice === 'auto';
  if (request.tools.length === 0 || silent || !traits.tools) {
    if (request.tools.length > 0 && !silent) ignored(target, 'tools');
    return search.length > 0 ? { tools: search } : {};
  }
  const tools = [...request.tools.map((tool) => toolBody(tool, target)), ...search];
  return { tools, ...choice(request, target), ...parallel(request, target), ...traits.withTools };
}
