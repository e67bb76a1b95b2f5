import type { ModelInfo } from '../../../../shared/model.ts';

/**
 * The site has one model behind two switches and lists nothing, so this table is the catalogue (2026-09-30). `LongCat-Flash`,
 * `LongCat` and `LongCat-Search` are the names of the Python server.
 */
const table: readonly (readonly [name: string, switches: { readonly thinking: boolean; readonly search: boolean }])[] =
  [
    ['LongCat', { thinking: false, search: false }],
    ['LongCat-Flash', { thinking: false, search: false }],
    ['LongCat-Thinking', { thinking: true, search: false }],
    ['LongCat-Search', { thinking: false, search: true }],
    ['LongCat-Thinking-Search', { thinking: true, search: true }],
  ];

/** When the Python server began to offer it. */
const since = Date.UTC(2025, 8, 18) / 1000;

export const models: readonly ModelInfo[] = table.map(([id]) => ({
  id,
  provider: 'longcat',
  upstreamId: id,
  created: since,
  capabilities: { thinking: true, tools: true, vision: false, search: true },
  toolMode: 'injected',
  jsonMode: 'injected',
  earlierReasoning: 'none',
  contextTokens: null,
  maxOutputTokens: null,
  test: false,
}));

const switches = new Map(table);

/** What a model does unless the request says otherwise. */
export const switchesOf = ({ upstreamId }: ModelInfo): { readonly thinking: boolean; readonly search: boolean } =>
  switches.get(upstreamId) ?? { thinking: false, search: false };
