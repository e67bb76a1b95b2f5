import type { Notice } from '../../../../shared/notice.ts';
import type { Tool, ToolChoice } from '../../chat/request.ts';
import { present } from '../shared/present.ts';
import { invalidParameter } from '../shared/problem.ts';
import type { Body } from './schema.ts';

export interface ToolWish {
  readonly tools: readonly Tool[];
  readonly choice: ToolChoice;
  readonly parallel: boolean | undefined;
  /** True when Anthropic's own web search was among the tools: the provider's takes its place. */
  readonly search: true | undefined;
}

const noParameters = { type: 'object', properties: {} } as const;

/** Tools that run at Anthropic have a dated type and no schema. Names stand for the choice to be understood. */
function offered(body: Body, warnings: Notice[]): { tools: Tool[]; served: Set<string>; search: true | undefined } {
  const tools: Tool[] = [];
  const served = new Set<string>();
  let search: true | undefined;
  for (const [place, entry] of (body.tools ?? []).entries()) {
    const { type, name, description, input_schema: schema, strict } = entry;
    if (schema || !type || type === 'custom') {
      if (!name) throw invalidParameter(`tools[${place}].name`, 'is required and must be a string');
      tools.push(present({ name, description, parameters: schema ?? noParameters, strict }));
      continue;
    }
    if (name) served.add(name);
    if (type.startsWith('web_search')) search = true;
    else warnings.push({ code: 'part_ignored', part: `tools[${place}]`, type });
  }
  return { tools, served, search };
}

export function decodeTools(body: Body, warnings: Notice[]): ToolWish {
  const { tools, served, search } = offered(body, warnings);
  const { type = 'auto', name, disable_parallel_tool_use: alone } = body.tool_choice ?? {};
  const parallel = alone === null || alone === undefined ? undefined : !alone;
  const wish = (choice: ToolChoice): ToolWish => ({ tools, choice, parallel, search });
  if (type === 'none') return wish({ type });
  if (type === 'auto' || (type === 'tool' && name && served.has(name))) return wish({ type: 'auto' });
  if (type === 'tool' && !name) throw invalidParameter('tool_choice.name', 'is required and must be a string');
  if (tools.length === 0) {
    if (!search) warnings.push({ code: 'tool_choice_without_tools' });
    return wish({ type: 'auto' });
  }
  if (type === 'any' || !name) return wish({ type: 'required' });
  if (!tools.some((tool) => tool.name === name))
    throw invalidParameter('tool_choice.name', 'must name one of the tools of this request');
  return wish({ type: 'tool', name });
}
