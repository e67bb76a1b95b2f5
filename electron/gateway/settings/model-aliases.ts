import { z } from 'zod';

const name = z.string().trim().min(1).max(200);

/** What a user may set: a name or a pattern with `*`, and the models that answer it. The first alias that fits decides. */
export const ModelAlias = z.strictObject({
  pattern: name,
  targets: z
    .array(name.regex(/^[^*]+$/))
    .min(1)
    .max(20),
});
export type ModelAlias = z.infer<typeof ModelAlias>;

/** The pattern that a list has twice: the second could never be met. */
export function repeatedAlias(aliases: readonly ModelAlias[]): string | undefined {
  const seen = new Set<string>();
  return aliases.map(({ pattern }) => pattern.toLowerCase()).find((pattern) => seen.size === seen.add(pattern).size);
}

/**
 * MODEL_ALIASES: `fast=GLM-4.5-Air, gpt-*=GLM-5|GLM-4.7`. Gives the list, or what is wrong with which entry, to complete the
 * sentence "it must be …".
 */
export function readAliases(text: string): ModelAlias[] | string {
  const form = 'entries such as fast=GLM-4.5-Air or gpt-*=GLM-5|GLM-4.7, separated by commas';
  const aliases: ModelAlias[] = [];
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const [pattern = '', targets, ...rest] = entry.split('=');
    const alias = ModelAlias.safeParse({ pattern, targets: targets?.split('|') });
    if (!alias.success || rest.length > 0) return `${form}; ${JSON.stringify(entry.slice(0, 80))} is not one`;
    aliases.push(alias.data);
  }
  const repeated = repeatedAlias(aliases);
  return repeated === undefined ? aliases : `${form}; ${JSON.stringify(repeated.slice(0, 80))} stands there twice`;
}
