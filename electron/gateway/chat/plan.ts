import { type JsonOptions, planJson } from './json-format/plan.ts';
import type { ChatRequest } from './request.ts';
import { both, type Plan } from './reshape.ts';
import { type PlanOptions, planTools } from './tools/plan.ts';

/** All that is done in words because the model's provider has no field for it. Calls are found before JSON is looked for. */
export function planRequest(request: ChatRequest, options: PlanOptions & JsonOptions): Plan {
  const json = planJson(request, options);
  const tools = planTools(json.request, options);
  return { request: tools.request, reshape: both(tools.reshape, json.reshape) };
}
