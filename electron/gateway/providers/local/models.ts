import type { ModelInfo } from '../../../../shared/model.ts';
import type { Answer } from './answer.ts';
import { failure } from './failures.ts';
import { cut, echo, long, slow, think } from './plain.ts';
import { script } from './script.ts';

export interface LocalModel {
  readonly info: ModelInfo;
  /** Throws or answers. */
  readonly answer: Answer;
}

function model(name: string, answer: Answer, capabilities: Partial<ModelInfo['capabilities']> = {}): LocalModel {
  const info: ModelInfo = {
    id: `local/${name}`,
    provider: 'local',
    upstreamId: name,
    created: 1_760_000_000,
    capabilities: { thinking: false, tools: false, vision: false, search: false, ...capabilities },
    // A test model gets what the client sent, nothing rewritten.
    toolMode: 'native',
    earlierReasoning: 'text',
    contextTokens: null,
    maxOutputTokens: null,
    test: true,
  };
  return { info, answer };
}

function failing(status: number): LocalModel {
  return model(`error-${status}`, () => {
    throw failure(status);
  });
}

/** Everything docs/local-models.md describes, in the order it is listed. */
export const localModels: readonly LocalModel[] = [
  model('echo', echo),
  model('think', think, { thinking: true }),
  model('long', long),
  model('slow', slow),
  model('cut', cut),
  failing(401),
  failing(429),
  failing(500),
  model('script', script, { thinking: true, tools: true }),
];
