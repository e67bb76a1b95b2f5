import { ChatError } from '../../../chat/errors.ts';
import type { ChatEvent } from '../../../chat/events.ts';
import { isRecord, listIn, textIn, type Json } from '../shared/json.ts';
import { Citations } from './citations.ts';
import type { Source } from './source.ts';
import { finishReason } from './stop-reason.ts';
import { UsageCount } from './usage.ts';

interface OpenBlock {
  /** The number of the call, or undefined for anything else. */
  readonly call?: number;
  /** What the block began with and did not repeat in pieces. */
  input?: unknown;
  /** Pieces of the signature of thinking; it is handed on whole. */
  readonly signature: string[];
}

/** Bounds for what is kept of a hostile answer. */
const mostOpen = 1_000;
const longestSignature = 4 << 20;

const excess = (): ChatError => new ChatError('upstream_protocol', 'The provider sent an answer beyond all measure.');

/** Turns the happenings of one message, streamed or whole, into events. */
export class Answer {
  readonly #source: Source;
  readonly #open = new Map<unknown, OpenBlock>();
  readonly #usage = new UsageCount();
  readonly #citations = new Citations();
  #calls = 0;
  #signatures = 0;
  /** The reason the answer has given for its end. */
  stopReason: string | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  usage(usage: unknown, final: boolean): ChatEvent[] {
    const known = this.#usage.take(usage, final);
    return known ? [{ type: 'usage', usage: known }] : [];
  }

  begin(index: unknown, block: Json): ChatEvent[] {
    const before = this.end(index);
    if (this.#open.size >= mostOpen) throw excess();
    const { type } = block;
    if (type === 'tool_use') return [...before, this.#beginCall(index, block)];
    this.#open.set(index, { signature: [] });
    if (type === 'text') {
      const cited = (listIn(block, 'citations') ?? []).flatMap((citation) => this.#citations.take(citation));
      return [...before, ...text(block['text']), ...cited];
    }
    if (type === 'thinking') {
      this.#sign(index, block['signature']);
      return [...before, ...reasoning(block['thinking'])];
    }
    this.#leftOut(type);
    return before;
  }

  piece(index: unknown, delta: Json): ChatEvent[] {
    switch (delta['type']) {
      case 'text_delta':
        return text(delta['text']);
      case 'thinking_delta':
        return reasoning(delta['thinking']);
      case 'signature_delta':
        this.#sign(index, delta['signature']);
        return [];
      case 'input_json_delta':
        return this.#arguments(index, delta['partial_json']);
      case 'citations_delta':
        return this.#citations.take(delta['citation']);
      default:
        return [];
    }
  }

  end(index: unknown): ChatEvent[] {
    const block = this.#open.get(index);
    if (!block) return [];
    this.#open.delete(index);
    const { call, input, signature } = block;
    if (call !== undefined) {
      const rest =
        input === undefined
          ? []
          : [{ type: 'tool-call-delta', index: call, arguments: JSON.stringify(input) } as const];
      return [...rest, { type: 'tool-call-end', index: call }];
    }
    return signature.length > 0 ? [{ type: 'reasoning', text: '', signature: signature.join('') }] : [];
  }

  /** Ends what is open, and the answer. */
  finish(): ChatEvent[] {
    const open = [...this.#open.keys()].flatMap((index) => this.end(index));
    return [...open, { type: 'finish', reason: finishReason(this.stopReason ?? '', this.#calls, this.#source) }];
  }

  #beginCall(index: unknown, block: Json): ChatEvent {
    const call = this.#calls;
    this.#calls += 1;
    this.#open.set(index, { call, input: isRecord(block['input']) ? block['input'] : {}, signature: [] });
    return {
      type: 'tool-call-start',
      index: call,
      id: textIn(block, 'id') ?? `toolu_${call}`,
      name: textIn(block, 'name') ?? '',
    };
  }

  #arguments(index: unknown, piece: unknown): ChatEvent[] {
    const block = this.#open.get(index);
    if (block?.call === undefined || typeof piece !== 'string' || piece === '') return [];
    block.input = undefined;
    return [{ type: 'tool-call-delta', index: block.call, arguments: piece }];
  }

  #sign(index: unknown, piece: unknown): void {
    if (typeof piece !== 'string' || piece === '') return;
    this.#signatures += piece.length;
    if (this.#signatures > longestSignature) throw excess();
    this.#open.get(index)?.signature.push(piece);
  }

  #leftOut(type: unknown): void {
    const { verbatim, provider, warn } = this.#source;
    if (!verbatim) warn({ code: 'sent_unknown_part', provider, type: String(type).slice(0, 100) });
  }
}

const text = (value: unknown): ChatEvent[] =>
  typeof value === 'string' && value !== '' ? [{ type: 'text', text: value }] : [];

const reasoning = (value: unknown): ChatEvent[] =>
  typeof value === 'string' && value !== '' ? [{ type: 'reasoning', text: value }] : [];
