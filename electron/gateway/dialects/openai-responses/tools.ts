import type { Notice } from '../../../../shared/notice.ts';
import type { Tool, ToolChoice } from '../../chat/request.ts';
import { isObject } from '../shared/fields.ts';
import { present } from '../shared/present.ts';
import { invalidParameter, parameterPath } from '../shared/problem.ts';
import { CallNames } from './call-names.ts';
import { asFunction } from './custom-tool.ts';
import { parse } from './parse.ts';
import type { Body, ToolChoiceBody } from './schema.ts';
import { CustomTool, FunctionTool, NamespaceTool } from './tool-schema.ts';

export interface ToolWish {
  readonly tools: readonly Tool[];
  readonly choice: ToolChoice;
  readonly names: CallNames;
  /** Whether web search was put among the tools. */
  readonly search: boolean | undefined;
}

const noParameters = { type: 'object', properties: {} } as const;
const isSearch = (type: string): boolean => type.startsWith('web_search');

/** The tools of one body, in order. */
class ToolList {
  readonly tools: Tool[] = [];
  readonly names = new CallNames();
  readonly #warnings: Notice[];
  search: boolean | undefined;

  constructor(warnings: Notice[]) {
    this.#warnings = warnings;
  }

  add(entry: unknown, path: readonly PropertyKey[], namespace?: string): void {
    const place = parameterPath(path);
    if (!isObject(entry)) throw invalidParameter(place, 'must be an object with a type');
    const { type } = entry;
    if (type === 'function') this.#function(parse(FunctionTool, entry, path), namespace);
    else if (type === 'custom') this.#custom(parse(CustomTool, entry, path), namespace);
    else if (type === 'namespace' && namespace === undefined) this.#namespace(entry, path);
    else if (typeof type !== 'string') throw invalidParameter(`${place}.type`, 'is required and must be a string');
    // Codex always offers search of an index that only the vendor has; it is a wish to look around only with live access.
    else if (isSearch(type)) this.search ||= entry['external_web_access'] !== false || undefined;
    else this.#warnings.push({ code: 'part_ignored', part: place, type });
  }

  #function(body: FunctionTool, namespace: string | undefined): void {
    const name = this.names.add(present({ name: body.name, namespace, custom: false }));
    const parameters = body.parameters ?? noParameters;
    this.tools.push(present({ name, description: body.description, parameters, strict: body.strict }));
  }

  #custom(body: CustomTool, namespace: string | undefined): void {
    const name = this.names.add(present({ name: body.name, namespace, custom: true }));
    this.tools.push({ ...asFunction(body), name });
  }

  #namespace(entry: unknown, path: readonly PropertyKey[]): void {
    const { name, tools } = parse(NamespaceTool, entry, path);
    for (const [place, tool] of tools.entries()) this.add(tool, [...path, 'tools', place], name);
  }
}

function word(choice: 'auto' | 'none' | 'required' | 'any'): ToolChoice {
  return { type: choice === 'any' ? 'required' : choice };
}

/** Null: the choice is a tool of the vendor. */
function choiceOf(
  choice: ToolChoiceBody | null | undefined,
  names: CallNames,
): { choice: ToolChoice | null; allowed?: ReadonlySet<string> } {
  if (!choice) return { choice: { type: 'auto' } };
  if (typeof choice === 'string') return { choice: word(choice) };
  if ('mode' in choice) {
    const allowed = choice.tools.flatMap(({ name }) => (name ? [names.flat(name)] : []));
    return { choice: word(choice.mode), allowed: new Set(allowed) };
  }
  if ('function' in choice) return { choice: { type: 'tool', name: names.flat(choice.function.name) } };
  if ('name' in choice) return { choice: { type: 'tool', name: names.flat(choice.name, choice.namespace) } };
  const { type } = choice;
  return { choice: type === 'auto' || type === 'none' || type === 'required' || type === 'any' ? word(type) : null };
}

export function decodeTools(body: Body, warnings: Notice[]): ToolWish {
  const list = new ToolList(warnings);
  // Plain names first: it is the tool of a namespace that gives way.
  const entries = [...(body.tools ?? []).entries()];
  const isNamespace = (entry: unknown): boolean => isObject(entry) && entry['type'] === 'namespace';
  for (const [place, entry] of entries) if (!isNamespace(entry)) list.add(entry, ['tools', place]);
  for (const [place, entry] of entries) if (isNamespace(entry)) list.add(entry, ['tools', place]);
  const { names, search } = list;
  const { choice, allowed } = choiceOf(body.tool_choice, names);
  const tools = allowed ? list.tools.filter(({ name }) => allowed.has(name)) : list.tools;
  if (!choice) warnings.push({ code: 'tool_choice_not_function' });
  if (!choice || tools.length === 0) {
    if (choice?.type === 'required' || choice?.type === 'tool') warnings.push({ code: 'tool_choice_without_tools' });
    return { tools, choice: { type: 'auto' }, names, search };
  }
  if (choice.type === 'tool' && !tools.some(({ name }) => name === choice.name))
    throw invalidParameter('tool_choice', 'must name one of the tools of this request');
  return { tools, choice, names, search };
}
