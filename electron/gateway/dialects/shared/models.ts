import type { ModelInfo } from '../../../../shared/model.ts';
import type { Listing } from '../dialect.ts';

const supports = (supported: boolean) => ({ supported });
const no = supports(false);

/** What a model can do, as Anthropic says it; its SDK expects every key. */
function capabilitiesOf({ capabilities, test }: ModelInfo) {
  const { thinking, vision, search } = capabilities;
  return {
    batch: no,
    citations: no,
    code_execution: no,
    context_management: {
      ...no,
      clear_thinking_20251015: null,
      clear_tool_uses_20250919: null,
      compact_20260112: null,
    },
    // Which degrees a provider tells apart is not known here; a client may still send one.
    effort: { ...no, low: no, medium: no, high: no, max: no, xhigh: null },
    image_input: supports(vision),
    pdf_input: no,
    server_tools: { ...supports(search), web_search: supports(search), code_execution: no },
    structured_outputs: supports(!test),
    thinking: {
      ...supports(thinking),
      types: {
        adaptive: supports(thinking),
        between_tools: supports(thinking),
        disabled: supports(true),
        enabled: supports(thinking),
      },
    },
  };
}

/** The same in the words of OpenRouter, which model pickers of OpenAI clients look for. */
function parametersOf({ capabilities: { thinking, tools, search }, test }: ModelInfo): string[] {
  return [
    ...(test ? [] : ['max_tokens', 'temperature', 'response_format', 'structured_outputs']),
    ...(tools ? ['tools', 'tool_choice'] : []),
    ...(thinking ? ['reasoning', 'include_reasoning'] : []),
    ...(search ? ['web_search_options'] : []),
  ];
}

/**
 * One entry of `GET /v1/models`, with the fields of OpenAI, Anthropic and OpenRouter at once: some clients send one's headers and
 * read another's fields. `created` is stable, the owner is the provider, `canonical_slug` the model behind an alias.
 */
export function modelBody({ name, model }: Listing) {
  const { id, provider, created, contextTokens, maxOutputTokens, capabilities } = model;
  const input = ['text', ...(capabilities.vision ? ['image'] : [])];
  return {
    id: name,
    object: 'model' as const,
    created,
    owned_by: provider,

    type: 'model' as const,
    display_name: name,
    created_at: new Date(created * 1000).toISOString().replace('.000', ''),
    max_input_tokens: contextTokens,
    max_tokens: maxOutputTokens,
    capabilities: capabilitiesOf(model),
    lifecycle: 'active' as const,
    line: null,
    deprecated_at: null,
    retires_at: null,

    name,
    canonical_slug: id,
    architecture: { modality: `${input.join('+')}->text`, input_modalities: input, output_modalities: ['text'] },
    supported_parameters: parametersOf(model),
    // An unknown length is left out: clients calculate with it.
    ...(contextTokens !== null && { context_length: contextTokens }),
    ...(maxOutputTokens !== null && { max_output_tokens: maxOutputTokens }),
    top_provider: { context_length: contextTokens, max_completion_tokens: maxOutputTokens, is_moderated: false },
  };
}

/** Always one page: Anthropic's SDK would go on asking while `has_more` is true. */
export function modelListBody(listings: readonly Listing[]) {
  const data = listings.map(modelBody);
  return {
    object: 'list' as const,
    data,
    has_more: false,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}
