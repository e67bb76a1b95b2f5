import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { slices, type Chunking } from '../zai/transcript.ts';
import { Wire } from '../zai/wire.ts';
import * as frames from './frames.ts';

/** One completion request that passed the gates. */
export interface Turn {
  readonly generation: 'v1' | 'v2';
  /** The last words of the user. */
  readonly prompt: string;
  readonly thinking: boolean;
  readonly search: boolean;
  readonly body: frames.Data;
  readonly response: ServerResponse;
}

/** What becomes of a completion. It must end, reset or deliberately leave the response open. */
export type Script = (turn: Turn) => Promise<void> | void;

export interface AnswerOptions {
  readonly text?: string;
  readonly thinking?: string;
  /** Every frame repeats what was said before, and has no pieces. */
  readonly cumulative?: boolean;
  /** Milliseconds between frames. */
  readonly every?: number;
}

const textOf = (turn: Turn, { text }: AnswerOptions): string => text ?? `You said: ${turn.prompt.slice(0, 200)}`;
const thoughtOf = ({ thinking }: Turn, options: AnswerOptions): string =>
  options.thinking ?? (thinking ? 'The user wrote something. I repeat it.' : '');
const growing = (parts: readonly string[]): string[] => parts.map((_, at) => parts.slice(0, at + 1).join(''));

function olderFrames(turn: Turn, options: AnswerOptions): string[] {
  const { cumulative = false } = options;
  const [thought, text] = [thoughtOf(turn, options), textOf(turn, options)];
  const [thoughts, texts] = [frames.pieces(thought), frames.pieces(text)];
  return [
    ...growing(thoughts).map((reasonContent, at) =>
      frames.older({ reasonContent, ...(!cumulative && { reasoningDelta: thoughts[at] ?? '' }) }),
    ),
    ...(turn.search ? [frames.older({ reasonContent: thought }, { searchResults: frames.sources })] : []),
    ...growing(texts).map((content, at) =>
      frames.older({ content, reasonContent: thought, ...(!cumulative && { delta: texts[at] ?? '' }) }),
    ),
    frames.olderEnd(text, [turn.prompt.length + 3, text.length + thought.length]),
    frames.done,
  ];
}

function newerFrames(turn: Turn, options: AnswerOptions): string[] {
  const [thought, text] = [thoughtOf(turn, options), textOf(turn, options)];
  const parts = (whole: string): string[] =>
    options.cumulative ? growing(frames.pieces(whole)) : frames.pieces(whole);
  const search = { query: turn.prompt.slice(0, 100), resultList: frames.sources };
  return [
    frames.newer({ type: 'create' }),
    ...parts(thought).map((content) => frames.newer({ type: 'think', content })),
    ...(turn.search ? [frames.newer({ type: 'search', content: search })] : []),
    ...parts(text).map((content) => frames.newer({ type: 'content', content })),
    frames.newerEnd(text, [turn.prompt.length + 3, text.length + thought.length]),
  ];
}

async function play(wire: Wire, parts: Iterable<string | Uint8Array>, every = 0): Promise<boolean> {
  for (const part of parts) {
    if (!(await wire.send(part))) return false;
    if (every > 0) await wait(every);
  }
  return true;
}

/** A small real answer in the generation that was asked: reasoning for thinking requests, sources for searches. */
export function answer(options: AnswerOptions = {}): Script {
  return async (turn) => {
    const wire = new Wire(turn.response);
    const parts = turn.generation === 'v1' ? olderFrames(turn, options) : newerFrames(turn, options);
    if (await play(wire, parts, options.every)) wire.end();
  };
}

export const slow = (every: number): Script => answer({ every });

/** These frames, then the end of the body. */
export function send(...parts: readonly string[]): Script {
  return async ({ response }) => {
    const wire = new Wire(response);
    if (await play(wire, parts)) wire.end();
  };
}

const folder = new URL('../../fixtures/longcat/transcripts/', import.meta.url);

export function transcript(name: string, chunking: Chunking = 'frames'): Script {
  return async ({ response }) => {
    const wire = new Wire(response);
    if (await play(wire, slices(readFileSync(new URL(`${name}.sse`, folder)), chunking))) wire.end();
  };
}

/** A fixed reply; an object goes out as JSON, a text that begins with `<` as HTML. */
export function status(code: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): Script {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = text.startsWith('<') ? 'text/html; charset=utf-8' : 'application/json';
  return ({ response }) => {
    response.writeHead(code, { 'content-type': type, ...headers }).end(text);
  };
}

/** HTTP 200 and a code in the body, which is how the site says most of what it has to say. */
export const refused = (code: number, message: string): Script => status(200, { code, message, data: null });

export const tooFast = (): Script => refused(429, '操作太快，请稍后再试');
export const signedOut = (): Script => refused(401, '用户未登录');
/** As the guard before the site refuses what its page has not signed. */
export const guarded = (): Script =>
  status(403, { code: 403, message: '请求异常，拒绝操作', data: { customData: { requestCode: '51a0' } } });

function partly(count: number, finish: (wire: Wire) => void): Script {
  return async (turn) => {
    const wire = new Wire(turn.response);
    const parts = Array.from({ length: count }, (_, index) => `part ${index} `);
    if (count === 0) wire.open();
    const said =
      turn.generation === 'v1'
        ? parts.map((delta, at) => frames.older({ delta, content: parts.slice(0, at + 1).join('') }))
        : parts.map((content) => frames.newer({ type: 'content', content }));
    if (await play(wire, said)) {
      await wait(20); // lets the last bytes leave before the connection breaks
      finish(wire);
    }
  };
}

/** Connection reset after n pieces of an answer. */
export const cut = (count: number): Script => partly(count, (wire) => wire.reset());

/** Clean end after n pieces, without an end mark. */
export const fin = (count: number): Script => partly(count, (wire) => wire.end());

/** Connection reset before any byte of the reply. */
export const refuse = (): Script => (turn) => {
  turn.response.socket?.resetAndDestroy();
};

/** Never answers, or stops after the first piece; ends only when the client leaves. */
export function hang(where: 'headers' | 'body'): Script {
  return async ({ response }) => {
    if (where === 'body') await new Wire(response).send(frames.newer({ type: 'content', content: 'Just a moment' }));
  };
}

/** An answer without end, written only as fast as it is read. */
export function endless(): Script {
  const piece = Buffer.from(frames.newer({ type: 'content', content: 'lorem ipsum '.repeat(80) }).repeat(16));
  return async ({ response }) => {
    const wire = new Wire(response);
    while (await wire.send(piece));
  };
}
