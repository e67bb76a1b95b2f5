import type { ChatRequest, ReasoningEffort } from '../../chat/request.ts';
import type { ThinkingMode } from '../../chat/thinking.ts';
import { present } from '../shared/present.ts';
import type { Body, EffortWord, reasoningFormats, WishesBody } from './schema.ts';

function switchOf(wishes: WishesBody): boolean | undefined {
  const { thinking, reasoning } = wishes;
  if (typeof thinking === 'boolean') return thinking;
  if (thinking?.type === 'enabled') return true;
  if (thinking?.type === 'disabled') return false;
  const flag = wishes.enable_thinking ?? wishes.chat_template_kwargs?.enable_thinking;
  if (typeof flag === 'boolean') return flag;
  return (typeof reasoning === 'boolean' ? reasoning : reasoning?.enabled) ?? undefined;
}

function effortOf(wishes: WishesBody): EffortWord | undefined {
  const { reasoning } = wishes;
  return wishes.reasoning_effort ?? (typeof reasoning === 'object' ? reasoning?.effort : undefined) ?? undefined;
}

function preserveOf({ thinking }: WishesBody): boolean | undefined {
  const clear = typeof thinking === 'object' ? thinking?.clear_thinking : undefined;
  return typeof clear === 'boolean' ? !clear : undefined;
}

function level(effort: EffortWord): ReasoningEffort | undefined {
  if (effort === 'auto' || effort === 'default') return undefined;
  return effort === 'xhigh' ? 'max' : effort;
}

/**
 * One wish from the many spellings in use. A plain switch (`thinking`, `enable_thinking`, `chat_template_kwargs`, `reasoning.enabled`,
 * in this order) wins over what an effort implies; the body itself wins over its `extra_body`.
 */
export function decodeThinking(body: Body): ChatRequest['thinking'] {
  const extra = body.extra_body ?? {};
  const word = effortOf(body) ?? effortOf(extra);
  const effort = word && level(word);
  const enabled = switchOf(body) ?? switchOf(extra) ?? (effort === undefined ? undefined : effort !== 'none');
  const preserve = preserveOf(body) ?? preserveOf(extra);
  const nothing = [enabled, effort, preserve].every((wish) => wish === undefined);
  return nothing ? undefined : present({ enabled, effort, preserve });
}

const formats: Readonly<Record<(typeof reasoningFormats)[number], ThinkingMode>> = {
  parsed: 'separate',
  deepseek: 'separate',
  auto: 'separate',
  raw: 'think',
  none: 'think',
  'deepseek-legacy': 'think',
  hidden: 'strip',
};

/** That reasoning is wanted at all says nothing of its form: then the setting decides. */
function formOf({ reasoning, include_reasoning: include, ...wishes }: WishesBody): ThinkingMode | undefined {
  const exclude = typeof reasoning === 'object' ? reasoning?.exclude : undefined;
  if (exclude ?? include === false) return 'strip';
  if (wishes.reasoning_format) return formats[wishes.reasoning_format];
  const { separate_reasoning: separate } = wishes;
  return typeof separate === 'boolean' ? (separate ? 'separate' : 'think') : undefined;
}

/** Where the client wants the reasoning to be, in the words of several services. */
export function decodeForm(body: Body): ThinkingMode | undefined {
  return formOf(body) ?? (body.extra_body ? formOf(body.extra_body) : undefined);
}

function searchOf(wishes: WishesBody): boolean | undefined {
  const { web_search: search } = wishes;
  if (typeof search === 'boolean') return search;
  if (search) return search.enable ?? true;
  return wishes.web_search_options ? true : undefined;
}

/** `web_search`, or OpenAI's `web_search_options`, whose presence alone asks for it. */
export function decodeSearch(body: Body): boolean | undefined {
  return searchOf(body) ?? (body.extra_body ? searchOf(body.extra_body) : undefined);
}
