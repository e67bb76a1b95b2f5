import { carriedReasoning, type ReasoningOptions } from './carried-reasoning.ts';
import { type JsonOptions, planJson } from './json-format/plan.ts';
import type { ChatRequest } from './request.ts';
import { both, type Plan } from './reshape.ts';
import { type PlanOptions, planTools } from './tools/plan.ts';

/**
 * The request as the model's provider can take it: without earlier thinking that means nothing to it, and in words what it
 * has no field for. Calls are found before JSON is looked for.
 */
export function planRequest(request: ChatRequest, options: PlanOptions & JsonOptions & ReasoningOptions): Plan {
  const json = planJson(carriedReasoning(request, options), options);
  const tools = planTools(json.request, options);
  return { request: tools.request, reshape: both(tools.reshape, json.reshape) };
}
