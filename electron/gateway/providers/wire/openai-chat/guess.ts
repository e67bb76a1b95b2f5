import type { Listed } from '../shared/catalogue.ts';

/** 2024-01-01, for services that do not say since when. */
const unknownSince = 1_704_067_200;

const thinks =
  /(?:^|\/)o\d|gpt-(?:5|oss)|reason|think|deepseek-(?:r\d|v3\.[1-9]|v[4-9])|qwq|qwen-?3|glm-(?:4\.[5-9]|[5-9])|kimi-k2\.|grok-[3-9]|gemini-(?:2\.5|[3-9])|magistral|minimax-m|longcat-(?:flash-thinking|\d)|claude-(?:[a-z]+-[4-9]|3-7)|(?:^|[/-])r1(?:-|$)/i;
const sees =
  /gpt-(?:4o|4\.1|5)|(?:^|\/)o[134](?:-|$)|claude|gemini|pixtral|llava|llama-4|vision|omni|(?:^|[-/\d.])vl(?:[-:\d]|$)|glm-\d(?:\.\d)?v|gemma-?3|grok-[4-9]|kimi-(?:k2\.[5-9]|latest)/i;

/** What a name alone suggests, where a service says nothing more. */
export function guess(upstreamId: string): Listed {
  return {
    upstreamId,
    created: unknownSince,
    capabilities: { thinking: thinks.test(upstreamId), tools: true, vision: sees.test(upstreamId), search: false },
    contextTokens: null,
    maxOutputTokens: null,
    test: false,
  };
}
