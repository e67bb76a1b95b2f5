import type { Listed } from '../wire/shared/catalogue.ts';

/** How a model is told to think: by `thinking`, by the older `enable_thinking`, or not at all. */
export type Thinks = 'switch' | 'flag' | 'never';

const day = (text: string): number => Date.parse(text) / 1000;

/** The models of the vendor's documentation as of autumn 2026: thinking, context, longest answer, first seen. */
const table: readonly (readonly [id: string, Thinks, number | null, number | null, string])[] = [
  ['LongCat-2.0', 'switch', 1_048_576, 131_072, '2026-05-01'],
  ['LongCat-Flash-Chat', 'never', null, null, '2025-09-01'],
  ['LongCat-Flash-Thinking-2601', 'flag', null, null, '2026-03-12'],
  ['LongCat-Flash-Lite', 'never', null, null, '2026-02-05'],
];

/** Also of models the table does not know, by their names. */
export function thinksBy(upstreamId: string): Thinks {
  const known = table.find(([id]) => id.toLowerCase() === upstreamId.toLowerCase());
  if (known) return known[1];
  if (/flash-thinking/i.test(upstreamId)) return 'flag';
  return /flash/i.test(upstreamId) ? 'never' : 'switch';
}

/** What is known of a model, whatever a list says: the vendor's own list holds hardly more than names. */
export function described(model: Listed): Listed {
  const { upstreamId } = model;
  const [, , context = null, output = null] = table.find(([id]) => id.toLowerCase() === upstreamId.toLowerCase()) ?? [];
  return {
    ...model,
    // Both bases take text only.
    capabilities: { thinking: thinksBy(upstreamId) !== 'never', tools: true, vision: false, search: false },
    toolMode: 'native',
    jsonMode: 'injected',
    contextTokens: model.contextTokens ?? context,
    maxOutputTokens: model.maxOutputTokens ?? output,
  };
}

/** Offered until the service has listed its own. */
export const staticModels: readonly Listed[] = table.map(([upstreamId, , , , since]) =>
  described({
    upstreamId,
    created: day(since),
    capabilities: { thinking: false, tools: true, vision: false, search: false },
    contextTokens: null,
    maxOutputTokens: null,
    test: false,
  }),
);
