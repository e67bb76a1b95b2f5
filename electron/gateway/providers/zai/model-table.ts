/**
 * The models of the web chat as of 2026-03-16 (README: Models), with what each needs in a request. The live catalogue
 * adds newer ones; this table stays for the time nobody can be asked, and because two of its ids are hidden there.
 */

export interface ZaiModel {
  /** Public name before any renaming. */
  readonly name: string;
  readonly upstreamId: string;
  /** What applies when the client says nothing. */
  readonly thinking: boolean;
  readonly search: boolean;
  /** Answers only inside a chat created before. */
  readonly storedChat: boolean;
  readonly previewMode: boolean;
  readonly mcpServers: readonly string[];
  /** Features listed when the chat is created. */
  readonly chatFeatures: readonly { readonly type: string; readonly server: string; readonly status: string }[];
  readonly canThink: boolean;
  readonly canSee: boolean;
  readonly canSearch: boolean;
  /** Understands `reasoning_effort`. */
  readonly graded: boolean;
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
  /** Unix seconds of its first appearance. */
  readonly created: number;
}

export const toolSelector = [{ type: 'tool_selector', server: 'tool_selector_h', status: 'hidden' }] as const;
const vision = ['vlm-image-search', 'vlm-image-recognition', 'vlm-image-processing'] as const;

const day = (text: string): number => Date.parse(text) / 1000;

const basic: Omit<ZaiModel, 'name' | 'upstreamId' | 'created'> = {
  thinking: false,
  search: false,
  storedChat: false,
  previewMode: true,
  mcpServers: [],
  chatFeatures: toolSelector,
  canThink: true,
  canSee: false,
  canSearch: true,
  graded: false,
  contextTokens: 128_000,
  maxOutputTokens: 80_000,
};

const glm45 = { ...basic, upstreamId: '0727-360B-API', created: day('2025-07-28') };
const glm47 = {
  ...basic,
  upstreamId: 'glm-4.7',
  created: day('2025-12-22'),
  storedChat: true,
  contextTokens: 200_000,
  maxOutputTokens: 40_000,
};

export const modelTable: readonly ZaiModel[] = [
  { ...glm45, name: 'GLM-4.5' },
  { ...glm45, name: 'GLM-4.5-Thinking', thinking: true },
  { ...glm45, name: 'GLM-4.5-Search', search: true },
  { ...glm45, name: 'GLM-4.5-Air', upstreamId: '0727-106B-API' },
  {
    ...basic,
    name: 'GLM-4.6V',
    upstreamId: 'glm-4.6v',
    created: day('2025-12-08'),
    thinking: true,
    storedChat: true,
    previewMode: false,
    mcpServers: vision,
    chatFeatures: vision.map((server) => ({ type: 'mcp', server, status: 'selected' })),
    canSee: true,
    maxOutputTokens: 16_000,
  },
  {
    ...basic,
    name: 'GLM-5',
    upstreamId: 'glm-5',
    created: day('2026-02-11'),
    thinking: true,
    contextTokens: 200_000,
    maxOutputTokens: 32_000,
  },
  { ...glm47, name: 'GLM-4.7' },
  { ...glm47, name: 'GLM-4.7-Thinking', thinking: true },
  { ...glm47, name: 'GLM-4.7-Search', search: true },
  { ...glm47, name: 'GLM-4.7-advanced-search', search: true, mcpServers: ['advanced-search'] },
];

/** What a model gets that only the live catalogue knows. */
export const unknownModel = { ...basic, storedChat: true, contextTokens: null, maxOutputTokens: null } as const;

/** Environment variables that rename a model , to the name they rename. */
export const renamingVariables: Readonly<Record<string, string>> = {
  GLM45_MODEL: 'GLM-4.5',
  GLM45_THINKING_MODEL: 'GLM-4.5-Thinking',
  GLM45_SEARCH_MODEL: 'GLM-4.5-Search',
  GLM45_AIR_MODEL: 'GLM-4.5-Air',
  GLM45V_MODEL: 'GLM-4.5V',
  GLM46_MODEL: 'GLM-4.6',
  GLM46_THINKING_MODEL: 'GLM-4.6-Thinking',
  GLM46_SEARCH_MODEL: 'GLM-4.6-Search',
  GLM46_ADVANCED_SEARCH_MODEL: 'GLM-4.6-advanced-search',
  GLM46V_MODEL: 'GLM-4.6V',
  GLM47_MODEL: 'GLM-4.7',
  GLM47_THINKING_MODEL: 'GLM-4.7-Thinking',
  GLM47_SEARCH_MODEL: 'GLM-4.7-Search',
  GLM47_ADVANCED_SEARCH_MODEL: 'GLM-4.7-advanced-search',
  GLM5_MODEL: 'GLM-5',
};
