import { z } from 'zod';
import { ProviderId } from './provider.ts';

/** One entry of the catalogue: the public name of a model and what it can do. */
export const ModelInfo = z.object({
  /** The public name, e.g. `GLM-4.7-Thinking`. Looked up without regard to case. */
  id: z.string(),
  provider: ProviderId,
  /** The provider's own id, e.g. `glm-4.7`. */
  upstreamId: z.string(),
  /** Unix seconds; stable between calls. */
  created: z.number().int(),
  capabilities: z.object({ thinking: z.boolean(), tools: z.boolean(), vision: z.boolean(), search: z.boolean() }),
  /** How tools reach it when nothing else is set: in its provider's own fields, or written into the conversation (docs/tools.md). */
  toolMode: z.enum(['native', 'injected']).optional(),
  /**
   * How its provider is asked for JSON: by response_format, in words because it has no such field (`injected`), or by the
   * field for any object and in words for its schema (`object`).
   */
  jsonMode: z.enum(['native', 'object', 'injected']).optional(),
  /**
   * What its provider takes of the thinking of earlier answers: nothing, the text, or the text with the signatures that the
   * provider has made itself (docs/thinking.md). Absent: whatever there is.
   */
  earlierReasoning: z.enum(['none', 'text', 'signed']).optional(),
  contextTokens: z.number().int().nullable(),
  maxOutputTokens: z.number().int().nullable(),
  /** True for the built-in models that only prove the wiring. */
  test: z.boolean(),
});
export type ModelInfo = z.infer<typeof ModelInfo>;
