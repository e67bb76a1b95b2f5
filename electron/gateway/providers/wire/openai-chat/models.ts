import type { ModelInfo } from '../../../../../shared/model.ts';
import type { Listed } from '../shared/catalogue.ts';
import { guess } from './guess.ts';
import { isRecord, listIn, recordIn, textIn, type Json } from '../shared/json.ts';

/** `GET /models`, read with the caution due to a list somebody else wrote. Only `id` is common; the rest is the services' own. */

const namePattern = /^[\p{L}\p{N}@~][\p{L}\p{N} ._:+/@~()-]{0,199}$/u;
const limit = 1_000;
/** What is no chat model although it is listed. */
const otherKinds =
  /(?:^|[/_.-])(?:embed(?:ding)?s?|rerank(?:er)?|whisper|tts|transcribe|dall-e|moderation|sora|bge|stable-diffusion|flux|gpt-image|veo|imagen)(?=[/_.:\d-]|$)/i;
const count = (...values: readonly unknown[]): number | null =>
  values.find((value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value > 0) ??
  null;

/** Both units occur. */
const seconds = (time: number): number => (time > 1e11 ? Math.floor(time / 1000) : Math.floor(time));

const words = (value: unknown): readonly string[] =>
  Array.isArray(value) ? (value as readonly unknown[]).filter((word) => typeof word === 'string') : [];

const flag = (...values: readonly unknown[]): boolean | undefined =>
  values.find((value): value is boolean => typeof value === 'boolean');

/** Whether an entry is a model that answers in text, as far as it says. */
function chats(entry: Json, id: string): boolean {
  const type = textIn(entry, 'type') ?? textIn(entry, 'sub_type') ?? textIn(entry, 'model_type') ?? '';
  if (/embed|rerank|image|audio|speech|video|moderation|tts|stt/i.test(type)) return false;
  const outputs = words(recordIn(entry, 'architecture')['output_modalities'] ?? entry['output_modalities']);
  if (outputs.length > 0) return outputs.includes('text');
  const completes = flag(recordIn(entry, 'capabilities')['completion_chat']);
  return completes ?? !otherKinds.test(id);
}

function capabilitiesOf(entry: Json, known: ModelInfo['capabilities']): ModelInfo['capabilities'] {
  const stated = recordIn(entry, 'capabilities');
  const named = words(entry['capabilities']);
  const parameters = words(entry['supported_parameters'] ?? entry['supported_features']);
  const inputs = words(
    recordIn(entry, 'architecture')['input_modalities'] ?? entry['input_modalities'] ?? entry['modalities'],
  );
  const among = (list: readonly string[], pattern: RegExp): boolean | undefined =>
    list.length > 0 ? list.some((word) => pattern.test(word)) : undefined;
  return {
    thinking:
      flag(entry['supports_reasoning'], stated['reasoning'], among(parameters, /reasoning|thinking/)) ?? known.thinking,
    tools:
      flag(
        entry['supports_tools'],
        stated['function_calling'],
        stated['tools'],
        among(parameters, /^tools?$|function/),
        among(named, /tool/),
      ) ?? known.tools,
    vision:
      flag(
        entry['supports_image_in'],
        entry['supports_vision'],
        stated['vision'],
        entry['type'] === 'vlm' || undefined,
        among(inputs, /image|vision/),
      ) ?? known.vision,
    search: parameters.includes('web_search_options'),
  };
}

function listed(entry: Json, id: string): Listed {
  const known = guess(id);
  const top = recordIn(entry, 'top_provider');
  const bounds = recordIn(entry, 'limit');
  const capabilities = capabilitiesOf(entry, known.capabilities);
  const parameters = words(entry['supported_parameters']);
  const formless = parameters.length > 0 && !parameters.some((word) => /response_format|structured_outputs/.test(word));
  const context = [
    ...['context_length', 'context_window', 'max_context_length', 'max_model_len', 'context_size', 'max_input_tokens', 'inputTokenLimit'].map((key) => entry[key]),
    bounds['context'], top['context_length'], recordIn(entry, 'meta')['n_ctx_train'],
  ]; // prettier-ignore
  const output = [
    ...['max_completion_tokens', 'max_output_tokens', 'max_output', 'max_output_length', 'outputTokenLimit'].map((key) => entry[key]),
    bounds['output'], top['max_completion_tokens'],
  ]; // prettier-ignore
  return {
    ...known,
    created: seconds(count(entry['created'], entry['created_at']) ?? known.created),
    capabilities,
    ...(!capabilities.tools && { toolMode: 'injected' as const }),
    ...(formless && { jsonMode: 'injected' as const }),
    contextTokens: count(...context),
    maxOutputTokens: count(...output),
  };
}

/** The chat models of a reply, at most 1 000, each once; undefined when it is no list of models. */
export function readModels(reply: unknown): readonly Listed[] | undefined {
  const list = Array.isArray(reply)
    ? (reply as readonly unknown[])
    : isRecord(reply)
      ? (listIn(reply, 'data') ?? listIn(reply, 'models'))
      : undefined;
  if (!list) return undefined;
  const found = new Map<string, Listed>();
  for (const entry of list) {
    if (!isRecord(entry)) continue;
    const id = (textIn(entry, 'id') ?? textIn(entry, 'name') ?? '').replace(/^models\//, '');
    const key = id.toLowerCase();
    if (found.size >= limit || found.has(key) || !namePattern.test(id) || !chats(entry, id)) continue;
    found.set(key, listed(entry, id));
  }
  return [...found.values()];
}
