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

/** A code fence and what stands first in it. */
const fence = seq('`', '`', '`', group('info', '[\\w-]{0,20}'), '[ \\t]{0,16}', blanks, group('fence', '\\S'));

export interface Opening {
  readonly start: number;
  readonly end: number;
  /** Undefined: the input ended before it was complete. */
  readonly id: string | undefined;
  /** The tool's name, as far as it was read, where it is part of the opening. */
  readonly name: string | undefined;
  /** The language after the backticks of a fence. */
  readonly info: string | undefined;
}

/** Finds an opening at `from` or, if it may, after it. */
export type Find = (text: string, from: number) => Opening | undefined;

/** Numbered groups: with this many named ones, V8 spends more time on making their object than on matching. */
function finder(pattern: string, flags: 'g' | 'y'): Find {
  const names = [...pattern.matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name);
  const regex = new RegExp(pattern.replaceAll(/\(\?<\w+>/g, '('), flags);
  return (text, from) => {
    regex.lastIndex = from;
    const found = regex.exec(text);
    if (!found || found[0] === '') return undefined;
    let id: string | undefined;
    let name: string | undefined;
    let info: string | undefined;
    for (let place = 1; place < found.length; place++) {
      if (found[place] === undefined) continue;
      const key = names[place - 1] ?? '';
      if (key === 'info') info = found[place];
      else if (key.endsWith('Name')) name = found[place];
      else id = key;
    }
    return { start: found.index, end: found.index + found[0].length, id, name, info };
  };
}

const calls = any(...Object.values(openers).map(({ pattern }) => pattern));

/** The next beginning of a call or of a code fence, wherever it stands. */
export const nextOpening = finder(any(calls, fence), 'g');
/** The same at one place only. */
export const openingAt = finder(any(calls, fence), 'y');
/** The beginning of a call at one place. */
export const callAt = finder(calls, 'y');
