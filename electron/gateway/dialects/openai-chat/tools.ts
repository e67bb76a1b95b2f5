import type { Notice } from '../../../../shared/notice.ts';
import type { Tool, ToolChoice } from '../../chat/request.ts';
import { present } from '../shared/present.ts';
import { invalidParameter } from '../shared/problem.ts';
import type { Body, FunctionBody, ToolBody, ToolChoiceBody } from './schema.ts';

export interface ToolWish {
  readonly tools: readonly Tool[];
  readonly choice: ToolChoice;
  /** Whether the vendor's own web search was put among the tools, as Z.AI's official API has it. */
  readonly search: boolean | undefined;
}

const noParameters = { type: 'object', properties: {} } as const;

function tool(body: FunctionBody): Tool {
  return present({
    name: body.name,
    description: body.description,
    parameters: body.parameters ?? noParameters,
    strict: body.strict,
  });
}

/** Nested as Chat Completions has it, or flat as the Responses API has it. */
function functionOf(body: ToolBody): FunctionBody | undefined {
  if (body.type && body.type !== 'function') return undefined;
  return body.function ?? (body.name ? { ...body, name: body.name } : undefined);
}

function offered(body: Body, warnings: Notice[]): { tools: Tool[]; search: boolean | undefined } {
  const tools: Tool[] = [];
  let search: boolean | undefined;
  for (const [place, entry] of (body.tools ?? []).entries()) {
    const found = functionOf(entry);
    if (found) tools.push(tool(found));
    else if (entry.type === 'web_search') search = !isSwitchedOff(entry.web_search);
    else if (entry.type && entry.type !== 'function')
      warnings.push({ code: 'part_ignored', part: `tools[${place}]`, type: entry.type });
    else throw invalidParameter(`tools[${place}].function`, 'is required and must be an object with a name');
  }
  for (const legacy of body.functions ?? []) tools.push(tool(legacy));
  return { tools, search };
}

function isSwitchedOff(option: unknown): boolean {
  return typeof option === 'object' && option !== null && 'enable' in option && option.enable === false;
}

function word(choice: 'auto' | 'none' | 'required' | 'any'): ToolChoice {
  return { type: choice === 'any' ? 'required' : choice };
}

function choiceOf(choice: ToolChoiceBody): { choice: ToolChoice; allowed?: ReadonlySet<string | null | undefined> } {
  if (typeof choice === 'string') return { choice: word(choice) };
  if (choice.type === 'allowed_tools') {
    const { mode, tools } = choice.allowed_tools;
    return { choice: word(mode), allowed: new Set(tools.map((entry) => entry.function?.name ?? entry.name)) };
  }
  if (choice.type !== 'function') return { choice: word(choice.type) };
  return { choice: { type: 'tool', name: 'function' in choice ? choice.function.name : choice.name } };
}

function wished(body: Body): ReturnType<typeof choiceOf> {
  if (body.tool_choice) return choiceOf(body.tool_choice);
  const legacy = body.function_call;
  if (!legacy) return { choice: { type: 'auto' } };
  return { choice: typeof legacy === 'string' ? { type: legacy } : { type: 'tool', name: legacy.name } };
}

/** Tools and tool choice, in today's form or the old `functions` / `function_call` one. */
export function decodeTools(body: Body, warnings: Notice[]): ToolWish {
  const { tools: all, search } = offered(body, warnings);
  const { choice, allowed } = wished(body);
  const tools = allowed ? all.filter((entry) => allowed.has(entry.name)) : all;
  if (tools.length === 0) {
    if (choice.type === 'required' || choice.type === 'tool') warnings.push({ code: 'tool_choice_without_tools' });
    return { tools, choice: { type: 'auto' }, search };
  }
  if (choice.type === 'tool' && !tools.some((entry) => entry.name === choice.name))
    throw invalidParameter(
      body.tool_choice ? 'tool_choice' : 'function_call',
      'must name one of the tools of this request',
    );
  return { tools, choice, search };
}
