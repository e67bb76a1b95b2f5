import type { ModelInfo } from '../../../../shared/model.ts';
import type { Listed } from '../wire/shared/catalogue.ts';

/** The models of the vendor's documentation as of autumn 2026 (README: Models). */

const day = (text: string): number => Date.parse(text) / 1000;

/** Name, context, longest answer, first seen. */
const table: readonly (readonly [string, number, number, string])[] = [
  ['GLM-5.3', 1_048_576, 131_072, '2026-08-18'],
  ['GLM-5.3-Flash', 1_000_000, 131_072, '2026-09-01'],
  ['GLM-5.2', 200_000, 131_072, '2026-06-01'],
  ['GLM-5.1', 200_000, 128_000, '2026-04-01'],
  ['GLM-5-Turbo', 203_000, 128_000, '2026-03-15'],
  ['GLM-5', 200_000, 128_000, '2026-02-11'],
  ['GLM-4.7', 200_000, 128_000, '2025-12-22'],
  ['GLM-4.7-Flash', 200_000, 128_000, '2026-01-19'],
  ['GLM-4.7-FlashX', 200_000, 128_000, '2026-01-19'],
  ['GLM-4.6', 204_800, 131_072, '2025-09-30'],
  ['GLM-4.6V', 128_000, 32_000, '2025-12-08'],
  ['GLM-4.6V-Flash', 128_000, 32_000, '2025-12-08'],
  ['GLM-4.5', 131_072, 96_000, '2025-07-28'],
  ['GLM-4.5-X', 131_072, 96_000, '2025-07-28'],
  ['GLM-4.5-Air', 131_072, 96_000, '2025-07-28'],
  ['GLM-4.5-AirX', 131_072, 96_000, '2025-07-28'],
  ['GLM-4.5-Flash', 131_072, 96_000, '2025-07-28'],
  ['GLM-4.5V', 64_000, 16_000, '2025-08-11'],
];

const version = /^glm-(\d+(?:\.\d+)?)/i;

/** The generation in a name: 4.7 of `glm-4.7-flash`; 0 of another family's. */
export const generationOf = (upstreamId: string): number => Number(version.exec(upstreamId)?.[1] ?? 0);
export const thinksAlways = (upstreamId: string): boolean => generationOf(upstreamId) >= 5.3;
/** Also of models the table does not know: `glm-5v-turbo`. */
export const sees = (upstreamId: string): boolean => /^glm-(?:[\d.]+v\b|5\.3-flash)/i.test(upstreamId);

const publicName = (upstreamId: string): string => upstreamId.replace(/^glm-/i, 'GLM-');

type Known = Pick<Listed, 'upstreamId' | 'created' | 'contextTokens' | 'maxOutputTokens'>;

/** What all of them have in common, and what a name says. */
function listed(known: Known, id: string): Listed {
  const { upstreamId } = known;
  return {
    ...known,
    id,
    test: false,
    capabilities: { thinking: generationOf(upstreamId) >= 4.5, tools: true, vision: sees(upstreamId), search: true },
    toolMode: 'native',
    jsonMode: 'object',
    earlierReasoning: 'text',
  };
}

/** A model under its own name, and where that makes a difference as one that thinks or searches unasked. */
function variants(model: Listed): readonly Listed[] {
  const { upstreamId, capabilities } = model;
  const id = model.id ?? upstreamId;
  const switched = capabilities.thinking && !thinksAlways(upstreamId) && !capabilities.vision;
  return [
    model,
    ...(switched ? [{ ...model, id: `${id}-Thinking` }] : []),
    ...(capabilities.vision ? [] : [{ ...model, id: `${id}-Search` }]),
  ];
}

const tabled: readonly Listed[] = table.map(([id, contextTokens, maxOutputTokens, since]) =>
  listed({ upstreamId: id.toLowerCase(), created: day(since), contextTokens, maxOutputTokens }, id),
);

/** Offered whatever the service lists: its list is known to be shorter than what it answers. */
export const knownModels: readonly Listed[] = tabled.flatMap(variants);

/** A model of the service's own list. What the table says of it counts more. */
export function described(model: Listed): readonly Listed[] | null {
  const { upstreamId } = model;
  if (generationOf(upstreamId) === 0) return null;
  const known = tabled.find((entry) => entry.upstreamId === upstreamId.toLowerCase());
  return variants(known ?? listed(model, publicName(upstreamId)));
}

/** What a variant is asked for when the client says nothing. */
export function variantOf({ id, upstreamId }: Pick<ModelInfo, 'id' | 'upstreamId'>): 'thinking' | 'search' | undefined {
  const word = id.slice(upstreamId.length).toLowerCase();
  return word === '-thinking' ? 'thinking' : word === '-search' ? 'search' : undefined;
}
