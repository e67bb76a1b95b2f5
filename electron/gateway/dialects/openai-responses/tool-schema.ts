import { z } from 'zod';
import { flag, must, object, text } from '../shared/fields.ts';

const name = text.min(1, 'must not be empty');

export const FunctionTool = z.object({
  name,
  description: text.nullish(),
  parameters: object.nullish(),
  strict: flag.nullish(),
});
export type FunctionTool = z.infer<typeof FunctionTool>;

/** A tool whose input is free text, e.g. the `apply_patch` of Codex; a grammar may say what the text must look like. */
export const CustomTool = z.object({
  name,
  description: text.nullish(),
  format: z.object({ syntax: z.string().optional(), definition: z.string().optional() }).nullish().catch(undefined),
});
export type CustomTool = z.infer<typeof CustomTool>;

export const NamespaceTool = z.object({ name, tools: z.array(z.unknown(), must('an array of tools')) });
