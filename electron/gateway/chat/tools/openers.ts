import { any, blanks, group, literal, nameChars, seq } from './pattern.ts';

/**
 * How a tool call may begin in an answer's text: our own format, what models fall back to, and the markup they were trained
 * with. Sources: the chat templates and vLLM's tool parsers of the families (hermes, glm4_moe and glm47, qwen3coder, kimi_k2,
 * deepseek_v3, mistral, granite, minimax_m2), and the two text forms earlier gateways of this kind asked for.
 */

export interface Opener {
  /**
   * `json`: the match is the beginning of a JSON value. `wrapped`: such a value begins at its last character.
   * `markup`: everything up to `closer`.
   */
  readonly body: 'json' | 'wrapped' | 'markup';
  /** Ends the block; after JSON it is optional. */
  readonly closer?: string;
  readonly pattern: string;
}

/** The namespace Claude models put before their tags. */
const anthropic = 'antml:';
const quote = '["\'“”]?';
const word = (text: string): string => seq(quote, literal(text), quote);
const member = (key: string): string => seq(word(key), blanks, ':', blanks);
const choice = (...words: readonly string[]): string => any(...words.map(literal));

/** A call without its list: the name must be one of the offered, and arguments follow. */
const bare = (id: string): string =>
  seq(blanks, member('name'), quote, group(`${id}Name`, nameChars), quote, blanks, ',', blanks, quote,
    choice('arguments', 'parameters', 'input'), quote, blanks, ':', blanks, group(id, '[{["\']')); // prettier-ignore

const tagged = (tag: string, id: string): Record<string, Opener> => {
  const open = literal(`<${tag}>`);
  const closer = `</${tag}>`;
  const inner = any(
    ...['', anthropic].map((namespace) => literal(`<${namespace}invoke`)),
    choice('<function', '<name'),
  );
  const nested = tag.endsWith('s') ? any(literal('<tool_call'), inner) : inner;
  return {
    [`${id}Json`]: { body: 'wrapped', closer, pattern: seq(open, blanks, group(`${id}Json`, '[{[]')) },
    [`${id}Xml`]: { body: 'markup', closer, pattern: seq(open, blanks, nested, group(`${id}Xml`, '[\\s>=_]')) },
  };
};

const invoke = (namespace: string, id: string): Opener => ({
  body: 'markup',
  closer: `</${namespace}invoke>`,
  pattern: seq(literal(`<${namespace}invoke`), '\\s{1,8}', literal('name='), quote, group(`${id}Name`, nameChars), quote, group(id, '>')),
}); // prettier-ignore

const list = (open: string, closer: string, id: string, first: string): Opener => ({
  body: first === '<' ? 'markup' : 'wrapped',
  closer,
  pattern: seq(literal(open), blanks, group(id, first)),
});

export const openers: Readonly<Record<string, Opener>> = {
  object: { body: 'json', pattern: seq('\\{', blanks, member('tool_calls'), group('object', '[{[]')) },
  message: {
    body: 'json',
    pattern: seq('\\{', blanks, member('role'), word('assistant'), blanks, ',', blanks, member('content'),
      any(literal('null'), literal('""')), blanks, ',', blanks, member('tool_calls'), group('message', '\\[')), // prettier-ignore
  },
  single: { body: 'json', pattern: seq('\\{', bare('single')) },
  array: { body: 'json', pattern: seq('\\[', blanks, '\\{', bare('array')) },
  ...tagged('tool_calls', 'ours'),
  ...tagged('tool_call', 'hermes'),
  ...tagged('function_calls', 'calls'),
  ...tagged('function_call', 'call'),
  ...tagged(`${anthropic}function_calls`, 'anthropic'),
  ...tagged('minimax:tool_call', 'minimax'),
  glm: {
    body: 'markup',
    closer: '</tool_call>',
    pattern: seq(literal('<tool_call>'), blanks, group('glmName', nameChars), group('glm', '[\\s<{]')),
  },
  invoke: invoke('', 'invoke'),
  anthropicInvoke: invoke(anthropic, 'anthropicInvoke'),
  function: {
    body: 'markup',
    closer: '</function>',
    pattern: seq(literal('<function='), group('functionName', nameChars), group('function', '>')),
  },
  pipe: list('<|tool_call|>', '<|/tool_call|>', 'pipe', '[{[]'),
  kimi: list('<|tool_calls_section_begin|>', '<|tool_calls_section_end|>', 'kimi', '<'),
  deepseek: list('<｜tool▁calls▁begin｜>', '<｜tool▁calls▁end｜>', 'deepseek', '<'),
  mistral: { body: 'wrapped', pattern: seq(literal('[TOOL_CALLS]'), blanks, group('mistral', '[{[]')) },
  mistralNamed: {
    body: 'wrapped',
    pattern: seq(literal('[TOOL_CALLS]'), group('mistralNamedName', nameChars), any(literal('[ARGS]'), ''), group('mistralNamed', '\\{')),
  }, // prettier-ignore
  sentence: {
    body: 'wrapped',
    pattern: seq(literal('调用函数'), '[:：]', blanks, group('sentenceName', nameChars), blanks,
      choice('参数', 'arguments'), '[:：]', blanks, group('sentence', '\\{')), // prettier-ignore
  },
};

/** A code fence and what stands first in it; a longer row of backticks fences in shorter ones. */
const fence = seq(
  '`',
  '`',
  group('ticks', '`{1,14}'),
  group('info', '[\\w-]{0,20}'),
  '[ \\t]{0,16}',
  blanks,
  group('fence', '\\S'),
);

export interface Opening {
  readonly start: number;
  readonly end: number;
  /** Undefined: the input ended before it was complete. */
  readonly id: string | undefined;
  /** The tool's name, as far as it was read, where it is part of the opening. */
  readonly name: string | undefined;
  /** The language after the backticks of a fence. */
  readonly info: string | undefined;
  /** The backticks of a fence. */
  readonly ticks: number;
}

/** One that is there to its end. */
export type WholeOpening = Opening & { readonly id: string };
export const isWhole = (opening: Opening): opening is WholeOpening => opening.id !== undefined;

/** What stands at one place, with its groups. Numbered: with so many named ones, V8 would spend more time on their object. */
function reader(patterns: readonly string[]): (text: string, at: number) => Opening | undefined {
  const pattern = any(...patterns);
  const names = [...pattern.matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name);
  const regex = new RegExp(pattern.replaceAll(/\(\?<\w+>/g, '('), 'y');
  return (text, at) => {
    regex.lastIndex = at;
    const found = regex.exec(text);
    if (!found) return undefined;
    let id: string | undefined;
    let name: string | undefined;
    let info: string | undefined;
    let ticks = 0;
    for (let place = 1; place < found.length; place++) {
      const value = found[place];
      if (value === undefined) continue;
      const key = names[place - 1] ?? '';
      if (key === 'info') info = value;
      else if (key === 'ticks') ticks = value.length + 2;
      else if (key.endsWith('Name')) name = value;
      else id = key;
    }
    return { start: at, end: at + found[0].length, id, name, info, ticks };
  };
}

const patterns = Object.values(openers).map(({ pattern }) => pattern);

/** `{`, `[`, `调`, and a `<` with what comes after it. */
const firstOf = (text: string, at: number): string => text.slice(at, text.charAt(at) === '<' ? at + 2 : at + 1);

/** By how they begin, so that each expression has few groups: these cost more than the matching. */
function byFirst(): ReadonlyMap<string, (text: string, at: number) => Opening | undefined> {
  const plain = patterns.map((pattern) => firstOf(pattern.replaceAll(/\(\?:\$\||\\/g, ''), 0));
  return new Map(
    [...new Set(plain), '<'].map((first) => [
      first,
      reader(patterns.filter((_, place) => plain[place]?.startsWith(first))),
    ]),
  );
}
const callReaders = byFirst();
const fenceReader = reader([fence]);
/** Only where something begins, without any group. */
const beginning = new RegExp(any(...patterns, fence).replaceAll(/\(\?<\w+>/g, '(?:'), 'g');

/** The beginning of a call at one place. */
export const callAt = (text: string, at: number): Opening | undefined => callReaders.get(firstOf(text, at))?.(text, at);

/** The same, or that of a code fence. */
export const openingAt = (text: string, at: number): Opening | undefined =>
  text.charAt(at) === '`' ? fenceReader(text, at) : callAt(text, at);

/** The next beginning of a call or of a code fence, wherever it stands. */
export function nextOpening(text: string, from: number): Opening | undefined {
  beginning.lastIndex = from;
  const found = beginning.exec(text);
  return found ? openingAt(text, found.index) : undefined;
}
