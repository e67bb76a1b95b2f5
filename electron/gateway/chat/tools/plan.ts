import { randomBytes } from 'node:crypto';
import type { ModelInfo } from '../../../../shared/model.ts';
import type { Notice } from '../../../../shared/notice.ts';
import { ownSetting } from '../own-setting.ts';
import type { ChatRequest } from '../request.ts';
import type { Plan } from '../reshape.ts';
import { earlierCalls, injectTools } from './inject.ts';
import { ToolCallScanner } from './scanner.ts';

/** How tools reach a model: in its provider's own fields, or written into the conversation. */
export type ToolMode = 'native' | 'injected';

export interface ToolModeSettings {
  readonly general: ToolMode | 'auto';
  /** By model name, in any case. */
  readonly models: Readonly<Record<string, ToolMode | 'auto'>>;
}

/** The setting for the model, else the general one, else what the model's provider says of it. */
export function toolModeOf(
  { general, models }: ToolModeSettings,
  model: Pick<ModelInfo, 'id' | 'capabilities' | 'toolMode'>,
): ToolMode {
  const set = ownSetting(models, model.id) ?? general;
  return set === 'auto' ? (model.toolMode ?? (model.capabilities.tools ? 'native' : 'injected')) : set;
}

export interface PlanOptions {
  readonly mode: ToolMode;
  readonly limit: number;
  readonly warn: (notice: Notice) => void;
  readonly nonce?: () => string;
}

/** 64 random bits: nothing that was written before the request can hold them. */
const randomNonce = (): string => randomBytes(8).toString('hex');

/** Native: nothing changes. Injected: the request is rewritten, and its answer searched for calls if there may be any. */
export function planTools(request: ChatRequest, options: PlanOptions): Plan {
  const { mode, limit, warn, nonce = randomNonce } = options;
  if (mode === 'native') return { request, reshape: undefined };
  const { tools, toolChoice, parallelToolCalls, messages } = request;
  const injected = injectTools(request, nonce);
  // An answer that only describes the format must stay text where no tool was offered.
  if (tools.length === 0 || toolChoice.type === 'none') return { request: injected, reshape: undefined };
  const takenIds = earlierCalls(messages).map(({ id }) => id);
  return {
    request: injected,
    reshape: () => {
      const scanner = new ToolCallScanner({ tools, toolChoice, parallelToolCalls, takenIds, limit, warn });
      return (events) => scanner.push(events);
    },
  };
}
