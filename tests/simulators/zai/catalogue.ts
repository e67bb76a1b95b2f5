/** The models the simulated site offers, in the shape of `GET /api/models` (the provider's README: Models). */
function model(
  id: string,
  name: string,
  capabilities: Readonly<Record<string, boolean>>,
  maxTokens: number,
  hidden = false,
): unknown {
  const meta = {
    capabilities: { web_search: true, citations: true, mcp: true, ...capabilities },
    mcpServerIds: [],
    hidden,
  };
  return {
    id,
    name,
    owned_by: 'openai',
    object: 'model',
    created: 1_773_000_000,
    info: { params: { max_tokens: maxTokens }, meta },
  };
}

export const catalogue: { readonly data: readonly unknown[] } = {
  data: [
    model('glm-5', 'GLM-5', { think: true, returnThink: true }, 32_000),
    model('glm-4.7', 'GLM-4.7', { think: true, returnThink: true }, 40_000),
    model('glm-4.6v', 'GLM-4.6V', { think: true, vision: true }, 16_000),
    model('0727-360B-API', 'GLM-4.5', { think: true }, 80_000),
    model('0727-106B-API', 'GLM-4.5-Air', { think: true }, 80_000),
    model('glm-5.3', 'GLM-5.3', { think: true, reasoning_effort: true }, 128_000),
    model('glm-4-flash', 'GLM-4-Flash', { think: false, web_search: false }, 4_000, true),
  ],
};
