/**
 * How many tokens a text has, about. A real tokenizer would cost megabytes of vocabulary in every bundle and would still be the
 * wrong one: each provider has its own. The weights were fitted to o200k_base (gpt-tokenizer 4.0.0); the test names how close they come.
 */
import type { ChatRequest, Message, Part, Tool } from './request.ts';

const classes = {
  space: 0,
  newline: 1,
  letter: 2,
  digit: 3,
  mark: 4,
  han: 5,
  kana: 6,
  hangul: 7,
  other: 8,
  pair: 9,
} as const;
type Class = (typeof classes)[keyof typeof classes];

const ascii: readonly Class[] = Array.from({ length: 128 }, (_, code) => {
  if (code === 10 || code === 13) return classes.newline;
  if (code <= 32) return classes.space;
  if (code >= 48 && code <= 57) return classes.digit;
  return /[a-z]/i.test(String.fromCodePoint(code)) ? classes.letter : classes.mark;
});

function classOf(code: number): Class {
  if (code < 128) return ascii[code] ?? classes.mark;
  if (code >= 0x4e00 && code <= 0x9fff) return classes.han;
  if (code >= 0x30_00 && code <= 0x30ff) return classes.kana;
  if (code >= 0xac00 && code <= 0xd7af) return classes.hangul;
  if (code >= 0xd800 && code <= 0xdfff) return classes.pair;
  return classes.other;
}

/** What the first character of a run costs, and each further one; by class. */
const first: readonly number[] = [0.05, 0.6, 0.72, 0.75, 0.75, 0.75, 0.65, 0.75, 0.5, 0.7];
const further: readonly number[] = [0.04, 0.15, 0.105, 0.33, 0.3, 0.75, 0.6, 0.55, 0.22, 0.7];

/** Counts text that arrives in pieces; where it is cut makes no difference. One pass, no copies. */
export class TokenCounter {
  #sum = 0;
  #last = -1;

  add(text: string): void {
    let sum = this.#sum;
    let last = this.#last;
    for (let at = 0; at < text.length; at += 1) {
      const kind = classOf(text.charCodeAt(at));
      sum += (kind === last ? further : first)[kind] ?? 1;
      last = kind;
    }
    this.#sum = sum;
    this.#last = last;
  }

  get count(): number {
    return Math.ceil(this.#sum);
  }
}

/** A picture of the usual size; its real size is not looked up. */
const imageTokens = 1_500;
/** Role and separators of a message; name and frame of a tool. */
const perMessage = 4;
const perTool = 12;

function addPart(counter: TokenCounter, part: Part): number {
  switch (part.type) {
    case 'image':
      return imageTokens;
    case 'tool-call':
      counter.add(part.name);
      counter.add(part.arguments);
      return perMessage;
    case 'tool-result':
      return part.content.reduce((extra, inner) => extra + addPart(counter, inner), perMessage);
    case 'text':
    case 'reasoning':
    default:
      counter.add(part.text);
      return 0;
  }
}

const addMessage = (counter: TokenCounter, { content }: Message): number =>
  content.reduce((extra, part) => extra + addPart(counter, part), perMessage);

function addTool(counter: TokenCounter, { name, description = '', parameters }: Tool): number {
  counter.add(name);
  counter.add(description);
  counter.add(JSON.stringify(parameters));
  return perTool;
}

/** The estimated input of a request: messages, tools and what stands around them. At least 1. */
export function estimateInput({ messages, tools }: Pick<ChatRequest, 'messages' | 'tools'>): number {
  const counter = new TokenCounter();
  const around =
    messages.reduce((extra, message) => extra + addMessage(counter, message), 0) +
    tools.reduce((extra, tool) => extra + addTool(counter, tool), 0);
  return Math.max(1, around + counter.count);
}
